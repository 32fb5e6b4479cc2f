package dev.latchkey.embedded.demo;

import java.security.SecureRandom;
import java.util.Map;

/**
 * A key of a person in the story: the real one from the environment if there is one, else one that the stand-in takes.
 *
 * @param provider name of the provider in the api
 */
record OwnKey(String provider, String key, boolean isReal) {
    private static final int DIGITS = 24;
    private static final int SHOWN = 4;

    static OwnKey openAi(Map<String, String> environment) {
        return of("openai", "sk-demo-", environment.getOrDefault("OPENAI_API_KEY", ""));
    }

    static OwnKey gemini(Map<String, String> environment) {
        return of("google", "AIza-demo-", environment.getOrDefault("GEMINI_API_KEY", ""));
    }

    static OwnKey anthropic(Map<String, String> environment) {
        return of("anthropic", "sk-ant-demo-", environment.getOrDefault("ANTHROPIC_API_KEY", ""));
    }

    String end() {
        return key.substring(key.length() - SHOWN);
    }

    /** What its owner may see of it. */
    String masked() {
        return (key.startsWith("sk-") ? "sk-..." : "...") + end();
    }

    @Override
    public String toString() {
        return "OwnKey[" + provider + " ..." + end() + "]";
    }

    private static OwnKey of(String provider, String prefix, String real) {
        return real.isBlank()
                ? new OwnKey(provider, prefix + randomDigits(), false)
                : new OwnKey(provider, real.strip(), true);
    }

    private static String randomDigits() {
        return new SecureRandom()
                .ints(DIGITS, 0, 10)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
