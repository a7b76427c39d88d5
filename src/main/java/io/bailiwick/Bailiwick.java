package io.bailiwick;

/** The command line's root. */
public final class Bailiwick {
  public static void main(String[] args) {
    System.out.println("hi");
  }
}
