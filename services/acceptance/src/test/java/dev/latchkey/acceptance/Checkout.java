package dev.latchkey.acceptance;

import dev.latchkey.embedded.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tree that these tests are part of. */
final class Checkout {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private Checkout() {}

    /** The directories of that name in every module. What a build writes meanwhile is in none of them. */
    static List<Path> inModules(String directory) throws IOException {
        var modules = new ArrayList<>(List.of(ROOT.resolve("schemas")));
        for (var parent : List.of("services", "infra")) {
            try (var children = Files.list(ROOT.resolve(parent))) {
                children.forEach(modules::add);
            }
        }
        return modules.stream()
                .map(module -> module.resolve(directory))
                .filter(Files::isDirectory)
                .toList();
    }

    static Distribution distribution() {
        return new Distribution(ROOT.resolve("infra/distribution/target/latchkey"));
    }
}
