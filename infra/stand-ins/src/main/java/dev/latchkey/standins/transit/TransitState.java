package dev.latchkey.standins.transit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.StartRefused;
import dev.latchkey.standins.local.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The keys and the tokens of a transit, in memory or kept in a file. */
public final class TransitState {
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Consumer<Snapshot> keep;
    private Snapshot snapshot;

    private TransitState(
            InstantSource clock, Snapshot remembered, Map<Identity, String> given, Consumer<Snapshot> keep) {
        this.clock = clock;
        this.keep = keep;
        this.snapshot = new Snapshot(remembered.keys(), tokens(remembered, given));
        keep.accept(snapshot);
    }

    /**
     * Forgets everything when the process ends.
     *
     * @param tokens those that the identities must have; the others are random
     */
    public static TransitState inMemory(InstantSource clock, Map<Identity, String> tokens) {
        return new TransitState(clock, new Snapshot(Map.of(), Map.of()), tokens, snapshot -> {});
    }

    /** Kept in the file {@code transit.json} of a directory, so that it survives a restart. */
    public static TransitState keptIn(Path directory, InstantSource clock, Map<Identity, String> tokens) {
        var file = new PrivateFile(directory.resolve("transit.json"));
        return new TransitState(clock, read(file), tokens, snapshot -> file.replace(Json.write(snapshot)));
    }

    InstantSource clock() {
        return clock;
    }

    synchronized Optional<TransitKey> key(String name) {
        return snapshot.key(name);
    }

    /** The key of this name as it is, if there is one already. */
    synchronized TransitKey create(String name, boolean derived) {
        return snapshot.key(name)
                .orElseGet(() ->
                        kept(new TransitKey(name, derived, List.of(KeyVersion.random(random, clock.instant())), 1)));
    }

    synchronized Optional<TransitKey> rotate(String name) {
        return snapshot.key(name).map(key -> kept(key.rotated(KeyVersion.random(random, clock.instant()))));
    }

    /** Throws Rejected when the key can not open from there on. */
    synchronized Optional<TransitKey> openFrom(String name, int version) {
        return snapshot.key(name).map(key -> kept(key.openingFrom(version)));
    }

    synchronized String token(Identity identity) {
        return snapshot.tokens().getOrDefault(identity, "");
    }

    synchronized Optional<Identity> identityOf(String token) {
        return snapshot.tokens().entrySet().stream()
                .filter(entry -> same(entry.getValue(), token))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Kept before it is used: what was encrypted under a key must not outlive the key. */
    private TransitKey kept(TransitKey key) {
        var next = snapshot.with(key);
        keep.accept(next);
        snapshot = next;
        return key;
    }

    private Map<Identity, String> tokens(Snapshot remembered, Map<Identity, String> given) {
        var tokens = new EnumMap<Identity, String>(Identity.class);
        for (var identity : Identity.values()) {
            tokens.put(identity, randomToken(identity));
        }
        tokens.putAll(remembered.tokens());
        tokens.putAll(given);
        return tokens;
    }

    private String randomToken(Identity identity) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return "dev-" + identity.policy() + "-" + HexFormat.of().formatHex(bytes);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Snapshot read(PrivateFile file) {
        var content = file.read();
        if (content.isEmpty()) {
            return new Snapshot(Map.of(), Map.of());
        }
        try {
            return Json.MAPPER.readValue(content.get(), Snapshot.class);
        } catch (JsonProcessingException e) {
            throw new StartRefused("the dev transit can not read its keys in " + file.path());
        } catch (IOException e) {
            throw new StartRefused("the dev transit can not read its keys in " + file.path(), e);
        }
    }
}
