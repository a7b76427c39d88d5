package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileProps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * A token kept in a file by someone else, read again when the file's time or size changes, so that
 * it can be renewed without a restart. Files are looked at by Vert.x's own threads.
 */
public final class FileToken implements TokenSource {

  private static final int MAX_BYTES = 8192;

  private final Vertx vertx;
  private final String path;
  private volatile @Nullable Seen seen;

  private record Seen(long modified, long size, String token) {}

  /** The file need not exist yet. */
  public FileToken(Vertx vertx, Path path) {
    this.vertx = vertx;
    this.path = path.toString();
  }

  @Override
  public CompletionStage<String> token() {
    return vertx
        .fileSystem()
        .props(path)
        .compose(this::current)
        .recover(FileToken::unreadable)
        .toCompletionStage();
  }

  private Future<String> current(FileProps props) {
    Seen last = seen;
    if (last != null
        && last.modified() == props.lastModifiedTime()
        && last.size() == props.size()) {
      return Future.succeededFuture(last.token());
    }
    if (props.size() > MAX_BYTES) {
      return Future.failedFuture(new IllegalArgumentException("the token file is too long"));
    }
    return vertx
        .fileSystem()
        .readFile(path)
        .map(
            content -> {
              String token = TokenSource.checked(content.toString(StandardCharsets.UTF_8));
              seen = new Seen(props.lastModifiedTime(), props.size(), token);
              return token;
            });
  }

  /** The cause of a file that cannot be read names its path, which is for logs, not for answers. */
  private static Future<String> unreadable(Throwable cause) {
    return Future.failedFuture(
        cause instanceof IllegalArgumentException
            ? cause
            : new IllegalStateException("the token file cannot be read", cause));
  }
}
