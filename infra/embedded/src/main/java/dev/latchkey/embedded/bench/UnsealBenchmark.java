package dev.latchkey.embedded.bench;

import dev.latchkey.agent.caching.CachingUnsealer;
import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.runtime.Figure;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.caching.CacheLimits;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.sealing.vault.VaultUnsealer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** How many keys can be opened in a second, each by Vault and out of the worker's cache, beside the cipher alone. */
final class UnsealBenchmark implements Benchmark {
    private static final int KEYS = 500;
    private static final int AT_A_TIME = 32;
    private static final String KEY = "sk-bench-0123456789abcdef0123456789abcdef0123456789";

    /** Of the stack that this benchmark has to itself. */
    private static final String ROOT = UUID.randomUUID().toString();

    private record Sealed(SealedKey key, KeyOwner owner) {}

    @Override
    public String name() {
        return "unseal";
    }

    @Override
    public String purpose() {
        return "keys opened a second, by the transit and out of the cache; baseline: bare AES-256-GCM of the same key";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("LATCHKEY_STANDINS_ROOT_TOKEN", ROOT);
    }

    @Override
    public List<Figure> measure(Stack stack, Progress progress) throws Exception {
        var login = new VaultLogin.FixedToken(ROOT);
        var session = VaultSession.open(new VaultSettings(stack.transit(), login, "latchkey"));
        progress.waitingFor(KEYS + " keys to be sealed");
        var sealed = Stream.generate(() -> sealed(new VaultSealer(session)))
                .limit(KEYS)
                .toList();
        var byVault = new VaultUnsealer(session);
        var cached = new CachingUnsealer(byVault, new CacheLimits(KEYS, Duration.ofSeconds(60)));
        var cipher = BareCipher.sealing(KEY.getBytes(StandardCharsets.US_ASCII));
        progress.waitingFor("the cipher alone");
        double bare = Rate.of(1, number -> requireAll(cipher.open()));
        progress.waitingFor("the transit");
        double oneByOne = Rate.of(1, number -> open(byVault, sealed.get(number % KEYS)));
        double together = Rate.of(AT_A_TIME, number -> open(byVault, sealed.get(number % KEYS)));
        progress.waitingFor("the cache");
        sealed.forEach(each -> open(cached, each));
        double remembered = Rate.of(1, number -> open(cached, sealed.get(number % KEYS)));
        return List.of(
                Figure.against("opened by the transit, one at a time", oneByOne, "unseals/s", bare),
                Figure.against("opened by the transit, " + AT_A_TIME + " at a time", together, "unseals/s", bare),
                Figure.against("remembered", remembered, "unseals/s", bare));
    }

    private static Sealed sealed(VaultSealer sealer) {
        var owner = new KeyOwner(UUID.randomUUID(), UUID.randomUUID(), new Destination("openai", null));
        return new Sealed(sealer.seal(new ApiKey(KEY), owner), owner);
    }

    /** As the worker does: every copy is wiped after use. */
    private static void open(Unsealer unsealer, Sealed sealed) {
        switch (unsealer.unseal(sealed.key(), sealed.owner())) {
            case Unsealed.Opened(var key) -> key.wipe();
            case Unsealed.Refused(var why) -> throw new IllegalStateException(why);
        }
    }

    private static void requireAll(int opened) {
        if (opened != KEY.length()) {
            throw new IllegalStateException("opened " + opened + " bytes of " + KEY.length());
        }
    }
}
