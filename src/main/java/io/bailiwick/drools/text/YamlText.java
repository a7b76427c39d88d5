package io.bailiwick.drools.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as a tree whose parts know their places. No object is made of it, so no tag in it can
 * do anything. Every mistake is a {@link Refusal}.
 */
public final class YamlText {

  private static final int MAX_DEPTH = 10;

  /** A member of a mapping: its name, where that stands, and its value. */
  public record Member(String name, Span at, Node value) {}

  private final Source source;
  private int depth;

  /** A file's text. */
  public YamlText(Source source) {
    this.source = source;
  }

  /** The members of the file's one mapping, by name; none where the file is empty. */
  public Map<String, Member> members() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Node root;
    try {
      new Yaml(options).parse(new StringReader(source.text())).forEach(this::checkPlain);
      root = new Yaml(options).compose(new StringReader(source.text()));
    } catch (MarkedYAMLException e) {
      throw new Refusal(place(e.getProblemMark()), "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new Refusal(new Span(0, 1), "this is not YAML: " + e.getMessage());
    }
    return root == null ? Map.of() : members(root);
  }

  /**
   * Refuses what a list of names and values has no use for: tags, which name classes, aliases, by
   * which a small file becomes a large tree, and depth.
   */
  private void checkPlain(Event event) {
    if (event instanceof AliasEvent) {
      throw new Refusal(place(event), "aliases are not allowed; write the value again");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw new Refusal(place(event), "anchors are not allowed; leave the & and its name out");
    }
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag() != null)
            || (event instanceof CollectionStartEvent start && start.getTag() != null);
    if (tagged) {
      throw new Refusal(place(event), "tags are not allowed; leave the ! and its name out");
    }
    if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
      throw new Refusal(place(event), "this nests deeper than " + MAX_DEPTH + "; write one value");
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
  }

  private Span place(Event event) {
    return place(event.getStartMark());
  }

  /** The members of a mapping, by name; a name stands once. */
  public Map<String, Member> members(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new Refusal(at(node), "write name: value here");
    }
    Map<String, Member> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = scalar(tuple.getKeyNode());
      Span at = at(tuple.getKeyNode());
      if (members.putIfAbsent(name, new Member(name, at, tuple.getValueNode())) != null) {
        throw new Refusal(at, name + " stands here twice");
      }
    }
    return members;
  }

  /** The parts of a list; one value that is no list stands for a list of itself. */
  public List<Node> list(Node node) {
    return node instanceof SequenceNode list ? new ArrayList<>(list.getValue()) : List.of(node);
  }

  /** Whether it is a mapping. */
  public boolean isMapping(Node node) {
    return node instanceof MappingNode;
  }

  /** The text of a single value. */
  public String scalar(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw new Refusal(at(node), "write one value here");
  }

  /** Where a part stands. */
  public Span at(Node node) {
    return new Span(offset(node.getStartMark()), offset(node.getEndMark()));
  }

  private Span place(Mark mark) {
    int offset = offset(mark);
    return new Span(offset, offset + 1);
  }

  /** YAML counts code points. */
  private int offset(Mark mark) {
    String text = source.text();
    int points = Math.min(mark.getIndex(), text.codePointCount(0, text.length()));
    return text.offsetByCodePoints(0, points);
  }
}
