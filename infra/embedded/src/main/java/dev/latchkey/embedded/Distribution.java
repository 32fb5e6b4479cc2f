package dev.latchkey.embedded;

import dev.latchkey.runtime.StartRefused;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory with the jars of every service, and the schema registry. */
public record Distribution(Path directory) {
    private static final String VERSION = "0.1.0";

    public Distribution {
        if (!Files.isDirectory(directory.resolve("lib"))) {
            throw new StartRefused("there is no distribution in " + directory + ": build it first");
        }
    }

    /** The one that this program was started from. */
    public static Distribution ofThisProgram() {
        try {
            var jar = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Distribution(jar.resolve("../..").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program does not know where it lies", e);
        }
    }

    public Path jar(String artifact) {
        return directory.resolve("lib").resolve(artifact + "-" + VERSION + ".jar");
    }

    public Path registry() {
        return directory.resolve("registry");
    }
}
