package io.bailiwick.replay.leads;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** A parser that gives up on an element which is too long to be a lead. */
final class BoundedParser extends JsonParserDelegate {

  /** The element is too long. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private long begun;

  BoundedParser(JsonParser parser) {
    super(parser);
  }

  /** An element begins here. */
  void begin() {
    begun = offset();
  }

  @Override
  public JsonToken nextToken() throws IOException {
    return checked(delegate.nextToken());
  }

  @Override
  public String nextFieldName() throws IOException {
    String name = delegate.nextFieldName();
    checked(delegate.currentToken());
    return name;
  }

  @Override
  public String nextTextValue() throws IOException {
    String value = delegate.nextTextValue();
    checked(delegate.currentToken());
    return value;
  }

  private JsonToken checked(JsonToken token) throws IOException {
    if (offset() - begun > LeadFiles.MAX_ROW) {
      throw new TooLong();
    }
    return token;
  }

  private long offset() {
    return delegate.currentLocation().getByteOffset();
  }
}
