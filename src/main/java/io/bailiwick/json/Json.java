package io.bailiwick.json;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.time.Instant;

/**
 * The one JSON mapper and the one YAML mapper: bounded in depth, size and number length, and strict
 * about duplicate keys and trailing text. Instants are RFC 3339, enums lower-case words, absent
 * values left out, members in the order of the record's components, so that equal values are equal
 * bytes.
 */
public final class Json {

  /** Puts a value as its text, where there is one. */
  public static void put(ObjectNode body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value.toString());
    }
  }

  /** How deep a document may nest. */
  public static final int MAX_DEPTH = 32;

  /** The longest text in a document, in characters. */
  public static final int MAX_TEXT = 65_536;

  /** The longest member name, in characters. */
  public static final int MAX_NAME = 256;

  /** The longest number, in digits. */
  public static final int MAX_DIGITS = 64;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_TEXT)
          .maxNameLength(MAX_NAME)
          .maxNumberLength(MAX_DIGITS)
          .build();

  private static final JsonMapper MAPPER = mapper(BOUNDS);

  /** Our own writing read back: rulebook files and snapshots may be long. */
  private static final JsonMapper OWN =
      mapper(StreamReadConstraints.builder().maxStringLength(64 << 20).build());

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(BOUNDS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private Json() {}

  /** The mapper for what others send us. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The mapper for YAML files. */
  public static YAMLMapper yaml() {
    return YAML;
  }

  /** Reads a whole document sent by others; throws {@link JsonProcessingException} with a place. */
  public static JsonNode read(byte[] body) throws IOException {
    return MAPPER.readTree(body);
  }

  /**
   * Reads a whole document of files sent by others, whose texts may be long; whoever reads the body
   * bounds it. Throws {@link JsonProcessingException} with a place.
   */
  public static JsonNode readFiles(byte[] body) throws IOException {
    return OWN.readTree(body);
  }

  /** Reads back what {@link #write} wrote; throws IllegalStateException where it was not that. */
  public static <T> T own(String json, Class<T> type) {
    try {
      return OWN.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a " + type.getSimpleName() + " of our writing", e);
    }
  }

  /** A value of ours as JSON, on one line. */
  public static String write(Object value) {
    try {
      return OWN.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written: " + value.getClass(), e);
    }
  }

  /** A value of ours as a tree. */
  public static JsonNode tree(Object value) {
    return OWN.valueToTree(value);
  }

  /** A record of ours as an object, to be added to. */
  public static ObjectNode object(Record value) {
    return OWN.valueToTree(value);
  }

  /** SHA-256 of a value's JSON. */
  public static String digest(Object value) {
    try {
      return Digests.sha256(OWN.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written: " + value.getClass(), e);
    }
  }

  private static JsonMapper mapper(StreamReadConstraints bounds) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(bounds)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Text of others must not reach an error message or a log.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .addModule(
            new SimpleModule()
                .addSerializer(Instant.class, new InstantWriter())
                .addDeserializer(Instant.class, new InstantReader()))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
        .build();
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Instant.parse(in.getText());
    }
  }
}
