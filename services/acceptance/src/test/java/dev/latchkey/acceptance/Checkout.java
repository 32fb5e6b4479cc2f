package dev.latchkey.acceptance;

import dev.latchkey.embedded.Distribution;
import java.nio.file.Path;

/** The tree that these tests are part of. */
final class Checkout {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private Checkout() {}

    static Distribution distribution() {
        return new Distribution(ROOT.resolve("infra/distribution/target/latchkey"));
    }
}
