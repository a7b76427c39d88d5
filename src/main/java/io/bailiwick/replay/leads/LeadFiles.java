package io.bailiwick.replay.leads;

import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Leads of files, one file after the other: .json (an array, {@code {"leads":[…]}} or a file of
 * fixtures), .ndjson or .jsonl, .csv or .tsv, .xlsx; each of them also packed as .gz, .bz2 or a
 * .zip that holds it alone. A JSON object is read as if it were posted; a table by its header
 * ({@code ColumnNames}), and by the mapping before that. Memory is bounded by one row, one batch,
 * and the distinct texts of a workbook.
 */
public final class LeadFiles implements LeadStream {

  /** The longest row, in bytes of JSON and in characters of CSV. */
  public static final int MAX_ROW = 1 << 20;

  private static final String KINDS = ".json, .ndjson, .jsonl, .csv, .tsv or .xlsx";

  private final List<Path> files;
  private final SourceMapping mapping;
  private final long whole;
  private final AtomicLong before = new AtomicLong();
  private volatile @Nullable Packed current;
  private volatile @Nullable Tally tally;

  private LeadFiles(List<Path> files, SourceMapping mapping, long whole) {
    this.files = List.copyOf(files);
    this.mapping = mapping;
    this.whole = whole;
  }

  /**
   * Of these files in this order; {@code mapping} says what names mean that are not ours. Throws
   * IllegalArgumentException for a file that is not there or of no kind that is read.
   */
  public static LeadFiles open(List<Path> files, SourceMapping mapping) {
    long whole = 0;
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new IllegalArgumentException("there is no file to read at " + file);
      }
      try (Packed packed = Packed.open(file)) {
        kind(file, packed.name());
        whole += packed.size();
      } catch (IOException e) {
        throw new IllegalArgumentException(file + " cannot be unpacked: " + e.getMessage(), e);
      }
    }
    return new LeadFiles(files, mapping, whole);
  }

  @Override
  public void forEachBatch(int size, Consumer<LeadBatch> each) {
    if (tally != null) {
      throw new IllegalStateException("a stream of leads is read once");
    }
    var counting = new Tally(size, each);
    tally = counting;
    for (Path file : files) {
      read(file, counting);
    }
    counting.finish();
  }

  @Override
  public long rows() {
    Tally counting = tally;
    return counting == null ? 0 : counting.rows();
  }

  @Override
  public Map<Unread, Long> unreadable() {
    Tally counting = tally;
    return counting == null ? Map.of() : counting.unreadable();
  }

  @Override
  public Map<String, Long> doubts() {
    Tally counting = tally;
    return counting == null ? Map.of() : counting.doubts();
  }

  @Override
  public List<String> unmapped() {
    Tally counting = tally;
    return counting == null ? List.of() : counting.unmapped();
  }

  @Override
  public long done() {
    Packed reading = current;
    return before.get() + (reading == null ? 0 : reading.read());
  }

  @Override
  public long whole() {
    return whole;
  }

  /** Nothing stays open: each file is closed when it is read. */
  @Override
  public void close() {}

  private void read(Path file, Tally counting) {
    try (Packed packed = Packed.open(file)) {
      current = packed;
      reader(file, packed, counting);
      before.addAndGet(packed.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } finally {
      current = null;
    }
  }

  private void reader(Path file, Packed packed, Tally counting) throws IOException {
    String name = file.toString();
    try {
      switch (kind(file, packed.name())) {
        case "json" -> new JsonRows(name, packed.in(), mapping).read(counting);
        case "csv", "tsv" -> new CsvRows(name, packed.in(), mapping).read(counting);
        case "xlsx" -> workbook(file, packed, counting);
        default -> new NdjsonRows(name, packed.in(), mapping).read(counting);
      }
    } catch (RowReader.Broken e) {
      counting.unread(e.place(), Unread.BROKEN_FILE, String.valueOf(e.getMessage()));
    }
  }

  /** A workbook is read at more than one place, so a packed one is unpacked to a file first. */
  private void workbook(Path file, Packed packed, Tally counting) throws IOException {
    if (file.endsWith(packed.name())) {
      new XlsxRows(file.toString(), file, mapping).read(counting);
      return;
    }
    Path unpacked = Files.createTempFile("bailiwick", ".xlsx");
    try {
      Files.copy(packed.in(), unpacked, StandardCopyOption.REPLACE_EXISTING);
      new XlsxRows(file.toString(), unpacked, mapping).read(counting);
    } finally {
      Files.delete(unpacked);
    }
  }

  private static String kind(Path file, String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "json", "ndjson", "jsonl", "csv", "tsv", "xlsx" -> ending;
      default ->
          throw new IllegalArgumentException(
              file
                  + " is of no kind that is read; its name must end in "
                  + KINDS
                  + ", and may be packed as .gz, .bz2 or .zip");
    };
  }
}
