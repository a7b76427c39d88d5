package io.bailiwick.drools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks part by part, as no spreadsheet program would write them. */
public final class Workbooks {

  private static final String XML = "<?xml version=\"1.0\"?>";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String LINKS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE =
      "<Override PartName=\"/xl/%s.xml\" ContentType=\"application/"
          + "vnd.openxmlformats-officedocument.spreadsheetml.%s+xml\"/>";

  private Workbooks() {}

  /** A table of one condition with these rows behind its head, as XML of a sheet. */
  public static byte[] table(String rows) {
    return book("", "", head() + rows);
  }

  /** With a document type at the head of each part, and texts that cells share. */
  static byte[] book(String documentType, String shared, String rows) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        XML
            + "<Types xmlns=\"%scontent-types\">".formatted(PACKAGE)
            + TYPE.formatted("workbook", "sheet.main")
            + TYPE.formatted("sharedStrings", "sharedStrings")
            + TYPE.formatted("worksheets/sheet1", "worksheet")
            + "</Types>");
    parts.put("_rels/.rels", links(link(1, "officeDocument", "xl/workbook.xml")));
    parts.put(
        "xl/workbook.xml",
        XML
            + "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets>".formatted(MAIN, LINKS)
            + "<sheet name=\"Areas\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        links(
            link(1, "worksheet", "worksheets/sheet1.xml")
                + link(2, "sharedStrings", "sharedStrings.xml")));
    parts.put(
        "xl/sharedStrings.xml",
        XML + documentType + "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, shared));
    parts.put(
        "xl/worksheets/sheet1.xml",
        XML
            + documentType
            + "<worksheet xmlns=\"%s\"><sheetData>".formatted(MAIN)
            + rows
            + "</sheetData></worksheet>");
    return zip(parts);
  }

  /** One row of texts. */
  public static String row(int number, String... cells) {
    var row = new StringBuilder("<row r=\"" + number + "\">");
    char column = 'A';
    for (String cell : cells) {
      row.append(
          "<c r=\"%s%d\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(column, number, cell));
      column++;
    }
    return row + "</row>";
  }

  static String head() {
    return row(1, "RuleSet", "rules")
        + row(2, "RuleTable Areas")
        + row(3, "CONDITION", "CONDITION", "ACTION")
        + row(4, "Lead", "$t : Territory", "")
        + row(5, "country", "name", "route.to($t);")
        + row(6, "land", "territory", "do");
  }

  static byte[] zip(Map<String, String> parts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String links(String links) {
    return XML
        + "<Relationships xmlns=\"%srelationships\">%s</Relationships>".formatted(PACKAGE, links);
  }

  private static String link(int number, String type, String target) {
    return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
        .formatted(number, LINKS, type, target);
  }
}
