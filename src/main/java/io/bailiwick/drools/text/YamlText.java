package io.bailiwick.drools.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
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

  /** A file's text. */
  public YamlText(Source source) {
    this.source = source;
  }

  /** The members of the file's one mapping, by name; none where the file is empty. */
  public Map<String, Member> members() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    Node root;
    try (var reader = new java.io.StringReader(source.text())) {
      root = new Yaml(options).compose(reader);
    } catch (MarkedYAMLException e) {
      throw new Refusal(place(e.getProblemMark()), "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new Refusal(new Span(0, 1), "this is not YAML: " + e.getMessage());
    }
    return root == null ? Map.of() : members(root);
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
