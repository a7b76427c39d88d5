package io.bailiwick.replay.leads;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * One file, unpacked as it is read: .gz, .bz2, a .zip with one entry, or as it is. Counts the bytes
 * of the file as stored, or of the entry of a .zip as unpacked.
 */
final class Packed implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Counted counted;
  private final InputStream in;
  private final long size;
  private final Closeable file;

  private Packed(String name, Counted counted, InputStream in, long size, Closeable file) {
    this.name = name;
    this.counted = counted;
    this.in = in;
    this.size = size;
    this.file = file;
  }

  /** Throws IOException where it cannot be opened, IllegalArgumentException where it may not be. */
  static Packed open(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".zst")) {
      throw new IllegalArgumentException(
          file + " is packed with Zstandard, which is not read; unpack it, or pack it as .gz");
    }
    if (lower.endsWith(".zip")) {
      return entry(file);
    }
    var counted = new Counted(Files.newInputStream(file));
    try {
      long size = Files.size(file);
      if (lower.endsWith(".gz")) {
        return new Packed(
            cut(name, 3), counted, new GZIPInputStream(counted, BUFFER), size, () -> {});
      }
      if (lower.endsWith(".bz2")) {
        InputStream buffered = new BufferedInputStream(counted, BUFFER);
        var unpacked = new BZip2CompressorInputStream(buffered, true);
        return new Packed(cut(name, 4), counted, unpacked, size, () -> {});
      }
      return new Packed(name, counted, counted, size, () -> {});
    } catch (IOException e) {
      counted.close();
      throw e;
    }
  }

  /** The name without what says how it is packed. */
  String name() {
    return name;
  }

  InputStream in() {
    return in;
  }

  long read() {
    return counted.bytes.get();
  }

  long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    in.close();
    file.close();
  }

  private static Packed entry(Path path) throws IOException {
    var zip = new ZipFile(path.toFile());
    try {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/"))
              .limit(2)
              .toList();
      if (entries.size() != 1) {
        throw new IllegalArgumentException(
            path + " must hold exactly one file; unpack it, and name the files");
      }
      ZipEntry entry = entries.get(0);
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      var counted = new Counted(zip.getInputStream(entry));
      return new Packed(name, counted, counted, Math.max(0, entry.getSize()), zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static String cut(String name, int ending) {
    return name.substring(0, name.length() - ending);
  }

  private static final class Counted extends FilterInputStream {
    private final AtomicLong bytes = new AtomicLong();

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      bytes.addAndGet(read);
    }
  }
}
