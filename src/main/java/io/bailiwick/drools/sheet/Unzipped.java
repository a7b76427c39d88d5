package io.bailiwick.drools.sheet;

import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Packs a workbook anew while it is looked over, so that a small file cannot become a large one in
 * memory, and the reader behind sees exactly what was looked at: as many parts and bytes as a table
 * needs, all of them XML, and no cell where no sheet has one.
 */
final class Unzipped {

  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_ENTRIES = 1_000;

  /** The columns of a sheet have up to three letters. */
  private static final int MAX_LETTERS = 3;

  /** What a sheet takes in one cell. */
  private static final int MAX_CELL = 32_767;

  private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
  private long bytes;
  private int entries;

  private Unzipped() {
    xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  /** The parts that are XML; {@link Refusal} where they are too many or too large. */
  static byte[] again(byte[] content) throws IOException {
    var unzipped = new Unzipped();
    var packed = new ByteArrayOutputStream();
    try (var in = ZipFile.builder().setByteArray(content).get();
        var out = new ZipOutputStream(packed)) {
      out.setLevel(1);
      for (var entry : Collections.list(in.getEntries())) {
        byte[] part = unzipped.part(in.getInputStream(entry));
        // Pictures and the like are no part of a table.
        if (entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels")) {
          unzipped.checkCells(part);
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(part);
        }
      }
    }
    return packed.toByteArray();
  }

  private byte[] part(InputStream in) throws IOException {
    entries++;
    byte[] part = in.readNBytes((int) (MAX_BYTES - bytes) + 1);
    bytes += part.length;
    if (bytes > MAX_BYTES || entries > MAX_ENTRIES) {
      throw refusal(
          "a workbook has at most %d parts and unpacks to at most %d MiB; make several of it"
              .formatted(MAX_ENTRIES, MAX_BYTES >> 20));
    }
    return part;
  }

  private void checkCells(byte[] part) throws IOException {
    try {
      XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(part));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("c")) {
          checkPlace(reader.getAttributeValue(null, "r"));
        } else if (event == XMLStreamReader.CHARACTERS && reader.getTextLength() > MAX_CELL) {
          throw refusal("a cell has at most " + MAX_CELL + " characters; write less");
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("a part of it is no XML", e);
    }
  }

  private static void checkPlace(@Nullable String place) {
    if (place != null && place.chars().filter(Character::isLetter).count() > MAX_LETTERS) {
      throw refusal("a sheet has no cell " + place + "; save the workbook anew");
    }
  }

  private static Refusal refusal(String told) {
    return new Refusal(new Span(0, 1), told);
  }
}
