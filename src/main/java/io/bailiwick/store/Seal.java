package io.bailiwick.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be read again and may not be read in the journal's file: AES-256-GCM, by a key
 * in a file of its own that only its owner may read. The file is made when it is first needed.
 */
final class Seal {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random = new SecureRandom();

  Seal(Path file) {
    this.file = file;
  }

  /** The text encrypted, bound to this name: under another it cannot be opened. */
  String close(String name, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, name, text.getBytes(StandardCharsets.UTF_8));
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(nonce) + "." + base64.encodeToString(sealed);
  }

  /** Throws {@link JournalRefused} where the key file is not the one it was closed with. */
  String open(String name, String sealed) {
    int dot = sealed.indexOf('.');
    byte[] nonce = Base64.getDecoder().decode(sealed.substring(0, dot));
    byte[] text = Base64.getDecoder().decode(sealed.substring(dot + 1));
    return new String(crypt(Cipher.DECRYPT_MODE, nonce, name, text), StandardCharsets.UTF_8);
  }

  private byte[] crypt(int mode, byte[] nonce, String name, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      var key = new SecretKeySpec(key(), "AES");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new JournalRefused(
          ("%s is not the key file this journal was written with; put the one back that belongs to"
                  + " it, or revoke the signing keys and make new ones")
              .formatted(file),
          e);
    }
  }

  private byte[] key() {
    try {
      if (!Files.exists(file)) {
        create();
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length == KEY_BYTES) {
        return key;
      }
      throw new JournalRefused(file + " must hold 32 bytes in base64");
    } catch (IOException e) {
      throw new JournalRefused("cannot read the key file " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new JournalRefused(file + " must hold 32 bytes in base64", e);
    }
  }

  /** Whole under its name or not there at all, and never readable by others. */
  private void create() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    Path made =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(made, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException e) {
      // Another instance was faster; its key is the one.
    } finally {
      Files.deleteIfExists(made);
    }
  }
}
