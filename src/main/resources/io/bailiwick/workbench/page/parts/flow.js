// Where leads went before and where they would go: ribbons as wide as leads are many, the changed
// ones in their colours, what stays in grey. Drawn as SVG of the page's own, so that it takes the theme.

import { html, svg, nothing } from 'lit-html';
import { count } from '../words.js';

const WIDE = 1000;
const LABEL = 190;
const NODES_MAX = 26;

/** Ways of a verdict: {from, to, change, count}, what stays among them. */
export function ways(verdict) {
  const moved = new Map();
  for (const group of verdict.groups) {
    const key = group.from + '\u0000' + group.to + '\u0000' + group.change;
    moved.set(key, (moved.get(key) ?? 0) + group.leads);
  }
  const all = [...moved].map(([key, leads]) => {
    const [from, to, change] = key.split('\u0000');
    return { from, to, change, count: leads };
  });
  for (const [name, volume] of Object.entries(verdict.territories)) {
    const left = all.filter((way) => way.from === name).reduce((sum, way) => sum + way.count, 0);
    if (volume.before - left > 0) all.push({ from: name, to: name, change: 'same', count: volume.before - left });
  }
  return all;
}

/** The picture; sankey is the layout of d3-sankey. */
export function flow(all, sankey) {
  const shown = drawn(all);
  if (!shown.length) return nothing;
  const names = (side) => [...new Set(shown.map((way) => way[side]))];
  const nodes = [...names('from').map((name) => ({ id: 'from ' + name, name, left: true })), ...names('to').map((name) => ({ id: 'to ' + name, name, left: false }))];
  const tall = Math.max(160, Math.max(names('from').length, names('to').length) * 26);
  const graph = sankey().nodeId((node) => node.id).nodeWidth(8).nodePadding(9).extent([[LABEL, 4], [WIDE - LABEL, tall - 4]])({
    nodes, links: shown.map((way) => ({ source: 'from ' + way.from, target: 'to ' + way.to, value: way.count, way })) });
  const changed = shown.filter((way) => way.change !== 'same');
  const said = changed.map((way) => `${way.count} from ${way.from} to ${way.to}`).join('; ') || 'nothing changes';
  return html`<svg class="flow" viewBox="0 0 ${WIDE} ${tall}" role="img" aria-label=${'Flow of leads: ' + said}>
    ${graph.links.map((link) => svg`<path class=${link.way.change} stroke-width=${Math.max(1, link.width)} d=${ribbon(link)}><title>${link.way.from} → ${link.way.to}: ${count(link.value)}</title></path>`)}
    ${graph.nodes.map((node) => svg`<rect class="node" x=${node.x0} y=${node.y0} width=${node.x1 - node.x0} height=${Math.max(1, node.y1 - node.y0)}></rect>
      <text x=${node.left ? node.x0 - 8 : node.x1 + 8} y=${(node.y0 + node.y1) / 2} dy="0.35em" text-anchor=${node.left ? 'end' : 'start'}>${short(node.name)} ${count(node.value)}</text>`)}</svg>`;
}

const short = (name) => (name.length > 24 ? name.slice(0, 23) + '…' : name);

function ribbon(link) {
  const a = link.source.x1;
  const b = link.target.x0;
  const mid = (a + b) / 2;
  return `M${a},${link.y0}C${mid},${link.y0} ${mid},${link.y1} ${b},${link.y1}`;
}

/** All that changes, and of what stays the largest; a picture of a hundred ribbons shows nothing. */
function drawn(all) {
  const changed = all.filter((way) => way.change !== 'same').sort((a, b) => b.count - a.count).slice(0, NODES_MAX);
  const touched = new Set(changed.flatMap((way) => [way.from, way.to]));
  const same = all.filter((way) => way.change === 'same').sort((a, b) => touched.has(b.from) - touched.has(a.from) || b.count - a.count);
  return [...changed, ...same.slice(0, Math.max(0, NODES_MAX - changed.length))];
}

/** The same as a table: from each to each, what stays muted. */
export function matrix(all) {
  const changed = all.filter((way) => way.change !== 'same');
  if (!changed.length) return nothing;
  const from = [...new Set(changed.map((way) => way.from))].sort();
  const into = [...new Set(changed.map((way) => way.to))].sort();
  const at = (a, b) => all.filter((way) => way.from === a && way.to === b).reduce((sum, way) => sum + way.count, 0);
  const most = Math.max(...changed.map((way) => way.count));
  const heat = (a, b, value) => (!value ? '' : a === b ? 'soft' : 'h' + Math.ceil((value / most) * 3));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="From each to each"><table class="matrix"><caption class="unseen">Leads from each place before to each place after</caption><thead><tr><th>from ╲ to</th>${into.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
    ${from.map((a) => html`<tr><th scope="row">${a}</th>${into.map((b) => html`<td class=${heat(a, b, at(a, b))}>${at(a, b) ? count(at(a, b)) : ''}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Volumes of territories before and after, those that change. */
export function volumes(territories) {
  const all = Object.entries(territories).filter(([, volume]) => volume.before !== volume.after).sort(([, a], [, b]) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  if (!all.length) return html`<p class="empty">No territory gets more or fewer leads.</p>`;
  const most = Math.max(...all.flatMap(([, volume]) => [volume.before, volume.after]), 1);
  const x = (value) => 2 + (value / most) * 96 + '%';
  return html`<table><thead><tr><th>Territory</th><th class="num">Before</th><td></td><th class="num">After</th></tr></thead><tbody>${all.map(([name, volume]) => html`<tr><td>${name}</td><td class="num">${count(volume.before)}</td>
    <td><svg class="dumb" aria-hidden="true">${svg`<line x1="2%" x2="98%" y1="50%" y2="50%"></line><line class="d" x1=${x(volume.before)} x2=${x(volume.after)} y1="50%" y2="50%"></line>
    <circle class="b" cx=${x(volume.before)} cy="50%" r="4"></circle><circle class="a" cx=${x(volume.after)} cy="50%" r="5"></circle>`}</svg></td>
    <td class="num">${count(volume.after)} <span class="soft small">${volume.after > volume.before ? '+' : ''}${volume.after - volume.before}</span></td></tr>`)}</tbody></table>`;
}
