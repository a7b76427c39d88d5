package io.bailiwick.drools;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that a class file can reach, read of its bytes (JVMS 4.4) and of nothing else: each class
 * that its constants name, also within descriptors, and each method and field as {@code
 * owner.name}. What is not among the constants no instruction can name.
 */
final class ClassReferences {

  private static final int MAGIC = 0xCAFEBABE;
  private static final Pattern TYPE = Pattern.compile("L([^;<>()]+);");

  private final Set<String> classes = new TreeSet<>();
  private final Set<String> members = new TreeSet<>();
  private final int[] tags;
  private final int[] first;
  private final int[] second;
  private final String[] texts;

  private ClassReferences(int count) {
    this.tags = new int[count];
    this.first = new int[count];
    this.second = new int[count];
    this.texts = new String[count];
  }

  static ClassReferences of(byte[] file) {
    try (var in = new DataInputStream(new ByteArrayInputStream(file))) {
      if (in.readInt() != MAGIC) {
        throw new IllegalArgumentException("no class file");
      }
      in.readInt();
      var references = new ClassReferences(in.readUnsignedShort());
      references.read(in);
      references.collect();
      return references;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names with slashes, as in the file. */
  Set<String> classes() {
    return classes;
  }

  /** {@code java/lang/String.equals}. */
  Set<String> members() {
    return members;
  }

  private void read(DataInputStream in) throws IOException {
    for (int i = 1; i < tags.length; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          i++;
        }
        case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case 9, 10, 11, 12, 17, 18 -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
        case 15 -> {
          in.readUnsignedByte();
          first[i] = in.readUnsignedShort();
        }
        default -> throw new IOException("constant of kind " + tags[i]);
      }
    }
  }

  private void collect() {
    for (int i = 1; i < tags.length; i++) {
      switch (tags[i]) {
        case 7 -> type(texts[first[i]]);
        case 9, 10, 11 -> members.add(owner(i) + "." + texts[first[second[i]]]);
        case 12 -> types(texts[second[i]]);
        case 16 -> types(texts[first[i]]);
        // What a call site is bound by is another constant; that there is one is told here.
        case 17, 18 -> members.add("invokedynamic." + texts[first[second[i]]]);
        default -> {}
      }
    }
  }

  private String owner(int member) {
    String name = texts[first[first[member]]];
    return name.startsWith("[") ? "array" : name;
  }

  /** A class's own name, or that of an array's elements. */
  private void type(String name) {
    if (name.startsWith("[")) {
      types(name);
    } else {
      classes.add(name);
    }
  }

  private void types(String descriptor) {
    Matcher type = TYPE.matcher(descriptor);
    while (type.find()) {
      classes.add(type.group(1));
    }
  }
}
