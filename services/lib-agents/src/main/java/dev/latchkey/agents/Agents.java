package dev.latchkey.agents;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All agents of an installation, by name. Every service that knows agents reads the same files. */
public record Agents(Map<String, Agent> byName) {
    private static final String DIRECTORY = "LATCHKEY_AGENTS_DIRECTORY";
    private static final String SUFFIX = ".md";
    private static final List<String> SHIPPED = List.of("analyst", "trader");

    public Agents {
        byName = Map.copyOf(byName);
    }

    public static Agents of(Collection<Agent> agents) {
        return new Agents(agents.stream().collect(Collectors.toMap(Agent::name, Function.identity())));
    }

    /** Those that the operator describes, one file each, or else those that come with the system. */
    public static Agents from(Settings settings) {
        return settings.optional(DIRECTORY).map(Path::of).map(Agents::in).orElseGet(Agents::shipped);
    }

    public static Agents shipped() {
        return of(SHIPPED.stream()
                .map(name -> AgentFile.parse(name, resource("/agents/" + name + SUFFIX)))
                .toList());
    }

    public Optional<Agent> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static Agents in(Path directory) {
        try (var files = Files.list(directory)) {
            var agents = markdown(files).map(Agents::read).toList();
            if (agents.isEmpty()) {
                throw new StartRefused(refusal(directory, "holds no " + SUFFIX + " file"));
            }
            return of(agents);
        } catch (IOException e) {
            throw new StartRefused(refusal(directory, "can not be read"), e);
        }
    }

    private static Stream<Path> markdown(Stream<Path> files) {
        return files.filter(file -> file.toString().endsWith(SUFFIX));
    }

    private static Agent read(Path file) {
        try {
            var name = file.getFileName().toString();
            return AgentFile.parse(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused("the agent in " + file + " can not be read: " + e.getMessage(), e);
        }
    }

    private static String refusal(Path directory, String what) {
        return "environment variable " + DIRECTORY + ": " + directory + " " + what;
    }

    private static String resource(String name) {
        try (InputStream in = Agents.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
