package dev.latchkey.router;

import dev.latchkey.router.usage.PriceList;
import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The operator's price list, or the one that comes with the system. */
final class Prices {
    private static final String FILE = "LATCHKEY_PRICES";

    private Prices() {}

    static PriceList from(Settings settings) {
        return settings.optional(FILE).map(Path::of).map(Prices::read).orElseGet(Prices::shipped);
    }

    private static PriceList read(Path file) {
        try {
            return PriceList.parse(Files.readString(file));
        } catch (IOException e) {
            throw new StartRefused("environment variable " + FILE + ": " + file + " can not be read", e);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "environment variable " + FILE + ": " + file + " is no price list: " + e.getMessage(), e);
        }
    }

    private static PriceList shipped() {
        try (InputStream in = Objects.requireNonNull(Prices.class.getResourceAsStream("/prices.csv"))) {
            return PriceList.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
