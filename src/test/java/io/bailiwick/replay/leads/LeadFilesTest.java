package io.bailiwick.replay.leads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadFilesTest {

  private static final String LINES =
      """
      {"country":"US","region":"CA"}
      {"country":"Sweden"}
      """;

  @TempDir Path folder;

  @Test
  void everyKindOfFileGivesTheSameLeads() throws IOException {
    List<Path> files =
        List.of(
            write("a.ndjson", LINES),
            write("a.JSONL", LINES),
            write("a.json", "[" + LINES.strip().replace("\n", ",") + "]"),
            write("b.json", "{\"leads\":[" + LINES.strip().replace("\n", ",") + "]}"),
            write("a.csv", "country,region\nUS,CA\nSweden,\n"),
            write("a.tsv", "Country\tState/Province\nUnited States\tCalifornia\nSE\t\n"),
            workbook("a.xlsx", List.of("Country", "State"), List.of("US", "CA"), List.of("SE")));
    for (Path file : files) {
      assertEquals(List.of("US CA", "SE null"), said(read(file)), file.toString());
    }
  }

  @Test
  void whatIsPackedIsReadAsWhatIsNot() throws IOException {
    byte[] plain = LINES.getBytes(StandardCharsets.UTF_8);
    List<Path> files =
        List.of(
            pack("a.ndjson.gz", plain, GZIPOutputStream::new),
            pack("a.ndjson.bz2", plain, BZip2CompressorOutputStream::new),
            zip("a.zip", "inner/a.ndjson"),
            pack(
                "a.xlsx.gz",
                Files.readAllBytes(
                    workbook(
                        "w.xlsx", List.of("Country", "State"), List.of("US", "CA"), List.of("SE"))),
                GZIPOutputStream::new));
    for (Path file : files) {
      assertEquals(List.of("US CA", "SE null"), said(read(file)), file.toString());
    }
  }

  @Test
  void whatCannotBeReadAtAllIsRefusedBeforeAnythingIsRead() throws IOException {
    Path good = write("a.ndjson", LINES);
    Map<Path, String> wrong =
        Map.of(
            folder.resolve("none.csv"), "there is no file",
            write("a.doc", "x"), "must end in .json",
            write("a.ndjson.zst", "x"), "Zstandard",
            write("no.csv.gz", "x"), "cannot be unpacked",
            zip("two.zip", "a.csv", "b.csv"), "exactly one file");
    wrong.forEach(
        (file, why) -> {
          var refused =
              assertThrows(
                  IllegalArgumentException.class,
                  () -> LeadFiles.open(List.of(good, file), SourceMapping.PLAIN));
          assertTrue(refused.getMessage().contains(why), refused.getMessage());
        });
    var header = assertThrows(IllegalArgumentException.class, () -> read(write("x.csv", "a,b\n")));
    assertTrue(header.getMessage().contains("--map FILE"), header.getMessage());
    assertThrows(IllegalArgumentException.class, () -> read(write("empty.csv", "\n")));
    assertThrows(IllegalArgumentException.class, () -> read(write("x.json", "{\"a\":[]}")));
    assertThrows(IllegalArgumentException.class, () -> read(write("x.json", "1")));
  }

  @Test
  void aRowThatIsNoLeadIsNamedWithItsPlaceAndTheOthersAreRead() throws IOException {
    Path lines =
        write(
            "a.ndjson",
            """
            nonsense
            [1]

            {"revision":"x"}
            {"country":"US"}
            {"name":"n","lead":{"cuntry":"US"},"expect":{"status":"assign"}}
            """);
    Path table =
        write("b.csv", "country,email\n,\nfooter\nFR,\uFFFD\nDE," + "x".repeat(255) + "\nSE,\n");
    Read read = read(lines, table);
    assertEquals(List.of("US null", "SE null"), said(read));
    assertEquals(
        List.of(
            "1 a.ndjson:1 not_json",
            "2 a.ndjson:2 not_json",
            "3 a.ndjson:4 invalid_lead",
            "5 a.ndjson:6 invalid_fixture",
            "6 b.csv:2 empty",
            "7 b.csv:3 wrong_cells",
            "8 b.csv:4 not_utf8",
            "9 b.csv:5 invalid_lead"),
        read.unread.stream()
            .map(r -> r.number() + " " + tail(r.place()) + " " + r.reason().word())
            .toList());
    assertEquals(List.of(4L, 10L), read.rows.stream().map(LeadRow::number).toList());
    assertEquals(2L, read.stream.unreadable().get(Unread.NOT_JSON));
  }

  @Test
  void aFileThatBreaksSaysWhereAndTheNextIsRead() throws IOException {
    byte[] packed =
        Files.readAllBytes(
            pack(
                "x.gz", LINES.repeat(500).getBytes(StandardCharsets.UTF_8), GZIPOutputStream::new));
    Path cut = folder.resolve("cut.ndjson.gz");
    Files.write(cut, java.util.Arrays.copyOf(packed, packed.length - 9));
    Path json = write("b.json", "[{\"country\":\"US\"},{\"country\":");
    Path quote = write("c.csv", "country,city\nUS,x\nFR,\"" + "y\n".repeat(1 << 20));
    Path open = write("e.csv", "country\nUS\n\"FR\nDE\n");
    Read read = read(cut, json, quote, open, write("d.ndjson", LINES));
    assertEquals(4L, read.stream.unreadable().get(Unread.BROKEN_FILE));
    assertEquals(
        List.of("b.json#2", "c.csv:3", "e.csv:3"),
        read.unread.stream().map(r -> tail(r.place())).filter(p -> !p.startsWith("cut")).toList());
    assertTrue(read.rows.stream().anyMatch(row -> tail(row.place()).equals("d.ndjson:2")));
  }

  @Test
  void aRowOfEndlessLengthIsNamedAndNotHeld() throws IOException {
    String endless = "{\"city\":\"" + "x".repeat(2 * LeadFiles.MAX_ROW) + "\"}\n";
    Read read = read(write("a.ndjson", endless + LINES));
    assertEquals(List.of("US CA", "SE null"), said(read));
    assertEquals(Unread.TOO_LONG, read.unread.get(0).reason());
    String members = "\"a\":1,".repeat(LeadFiles.MAX_ROW / 3);
    Read array = read(write("a.json", "[{\"country\":\"US\"},{" + members + "\"b\":1}]"));
    assertEquals(Unread.BROKEN_FILE, array.unread.get(0).reason());
    assertTrue(tail(array.unread.get(0).place()).equals("a.json#2"));
  }

  @Test
  void textBeginsAsProgramsWriteItAndAnyOfFourSeparatorsWill() throws IOException {
    String table = "Country;City\nDE;\"Köln; am Rhein\nrechts\"\n";
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      Path file = folder.resolve("m.csv");
      Files.write(file, ("\uFEFF" + table).getBytes(charset));
      Lead lead = read(file).rows.get(0).lead();
      assertEquals("Köln; am Rhein rechts", lead.city());
      assertEquals("DE", lead.country());
    }
    assertEquals("x", read(write("p.csv", "city|country\nx|DE\n")).rows.get(0).lead().city());
    Path marked = folder.resolve("m.ndjson");
    Files.write(marked, ("\uFEFF" + LINES).getBytes(StandardCharsets.UTF_8));
    assertEquals(2, read(marked).rows.size());
  }

  @Test
  void columnsAreKnownByOurNamesThenByOthersAndTheRestIsSaidOnce() throws IOException {
    Path file =
        write(
            "a.csv",
            "Account,Company,E-MAIL,first_name,ZIP,No. of Employees,attributes.Tier,Notes,,State\n"
                + "A,B,X@Y.example,Ana,1234 ab,\"1,200\",gold,n,,CA\n"
                + "A,B,X@Y.example,Ana,1234 ab,\"1,200\",gold,"
                + "x".repeat(5000)
                + ",x,CA\n");
    Read read = read(file);
    Lead lead = read.rows.get(0).lead();
    assertEquals("B", lead.company());
    assertEquals("y.example", lead.emailDomain());
    assertEquals("1234 AB", lead.postalCode());
    assertEquals(1200, lead.employees());
    assertEquals(Map.of("Tier", "gold", "Account", "A", "Notes", "n"), lead.attributes());
    assertEquals(List.of("Account", "Notes", "column 9"), read.stream.unmapped());
    assertEquals(Map.of("Tier", "gold", "Account", "A"), read.rows.get(1).lead().attributes());
  }

  @Test
  void aTableOfMoreColumnsThanALeadHasRoomForIsReadAllTheSame() throws IOException {
    var header = new StringBuilder("country");
    var row = new StringBuilder("Atlantis");
    for (int i = 0; i < 300; i++) {
      header.append(",column_").append(i);
      row.append(",v").append(i);
    }
    Read read = read(write("a.csv", header + "\n" + row + "\n"));
    assertEquals(List.of(), read.unread);
    assertEquals("v7", read.rows.get(0).lead().attributes().get("column_7"));
    assertEquals("Atlantis", read.rows.get(0).lead().attributes().get("country"));
    assertEquals(300, read.stream.unmapped().size());
  }

  @Test
  void aMappingWinsOverEveryNameAndGivesTheSource() throws IOException {
    var mapping =
        SourceMapping.parse(
            "fair",
            "fields: {Firm: company, Company: ignore, Stand: attributes.Stand, Wer: lastName}");
    Path file = write("a.csv", "Company,Firm,Stand,Wer\nno,yes,A1,Kim\n");
    Lead lead = read(mapping, file).rows.get(0).lead();
    assertEquals("yes", lead.company());
    assertEquals("fair", lead.source());
    assertEquals(Map.of("Stand", "A1"), lead.attributes());
    Path json =
        write("a.ndjson", "{\"Firm\":\"yes\",\"Company\":\"no\",\"odd\":1,\"source\":\"s\"}");
    Read read = read(mapping, json);
    assertEquals("s", read.rows.get(0).lead().source());
    assertEquals(List.of("odd"), read.stream.unmapped());
  }

  @Test
  void fixturesKeepWhatTheyExpect() throws IOException {
    Read read = read(Path.of("fixtures/leads/regions.json"));
    var fixture = read.rows.get(0).fixture();
    assertNotNull(fixture);
    assertEquals(Samples.NOON, fixture.at());
    assertEquals("assign", fixture.expectation().status());
    Path line =
        write("f.ndjson", "{\"name\":\"n\",\"lead\":{},\"expect\":{\"status\":\"queue\"}}\n");
    assertNull(read(line).rows.get(0).fixture().at());
    Path table = write("f.csv", "name,country,expect.status\nSweden,SE,queue\nbad,SE,maybe\n");
    Read both = read(table);
    assertEquals("Sweden", both.rows.get(0).fixture().name());
    assertEquals(Unread.INVALID_FIXTURE, both.unread.get(0).reason());
  }

  @Test
  void batchesAreFullButTheLastAndTheBytesComeToTheirSum() throws IOException {
    Path file = write("a.ndjson", LINES.repeat(5));
    try (var stream = LeadFiles.open(List.of(file, file), SourceMapping.PLAIN)) {
      List<Integer> sizes = new ArrayList<>();
      stream.forEachBatch(6, batch -> sizes.add(batch.rows()));
      assertEquals(List.of(6, 6, 6, 2), sizes);
      assertEquals(20, stream.rows());
      assertEquals(2 * Files.size(file), stream.whole());
      assertEquals(stream.whole(), stream.done());
      assertThrows(IllegalStateException.class, () -> stream.forEachBatch(1, batch -> {}));
    }
  }

  @Test
  void whatTheReceiverThrowsIsNotTakenForABrokenFile() throws IOException {
    for (Path file :
        List.of(
            write("a.csv", "country\nUS\n"),
            workbook("a.xlsx", List.of("Country"), List.of("US")))) {
      try (var stream = LeadFiles.open(List.of(file), SourceMapping.PLAIN)) {
        assertThrows(
            ArithmeticException.class,
            () ->
                stream.forEachBatch(
                    1,
                    batch -> {
                      throw new ArithmeticException("mine");
                    }));
      }
    }
  }

  private record Read(List<LeadRow> rows, List<UnreadRow> unread, LeadStream stream) {}

  private static Read read(Path... files) {
    return read(SourceMapping.PLAIN, files);
  }

  private static Read read(SourceMapping mapping, Path... files) {
    List<LeadRow> rows = new ArrayList<>();
    List<UnreadRow> unread = new ArrayList<>();
    try (var stream = LeadFiles.open(List.of(files), mapping)) {
      stream.forEachBatch(
          3,
          batch -> {
            rows.addAll(batch.leads());
            unread.addAll(batch.unread());
          });
      return new Read(rows, unread, stream);
    }
  }

  private static List<String> said(Read read) {
    return read.rows.stream().map(r -> r.lead().country() + " " + r.lead().region()).toList();
  }

  private static String tail(String place) {
    return place.substring(place.lastIndexOf('/') + 1);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private interface Packing {
    OutputStream over(OutputStream out) throws IOException;
  }

  private Path pack(String name, byte[] content, Packing packing) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.over(bytes)) {
      out.write(content);
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(LINES.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  @SafeVarargs
  private Path workbook(String name, List<String>... rows) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        var workbook = new Workbook(out, "test", "1.0")) {
      var sheet = workbook.newWorksheet("Leads");
      for (int r = 0; r < rows.length; r++) {
        for (int c = 0; c < rows[r].size(); c++) {
          sheet.value(r, c, rows[r].get(c));
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.anyMatch(file::equals));
    }
    return file;
  }
}
