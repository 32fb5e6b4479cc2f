package dev.latchkey.sealing.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that operators load into their Vault: nobody may both seal and open. */
final class PoliciesTest {
    private static final Path POLICIES = Path.of("../../infra/vault/policies");
    private static final Pattern RULE = Pattern.compile("path \"([^\"]+)\" \\{\\s+capabilities = \\[\"([^]]+)\"]\\s+"
            + "(?:allowed_parameters = \\{\\s+\"(\\w+)\" = \\[]\\s+}\\s+)?}\\s*");

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of(
                        "api",
                        Map.of(
                                "transit/encrypt/latchkey",
                                "update",
                                "transit/hmac/latchkey-fingerprint",
                                "update",
                                "transit/datakey/wrapped/latchkey-data",
                                "update")),
                Arguments.of(
                        "worker",
                        Map.of("transit/decrypt/latchkey", "update", "transit/decrypt/latchkey-data", "update")),
                Arguments.of("publisher", Map.of("transit/decrypt/latchkey-data", "update")),
                Arguments.of(
                        "rotator",
                        Map.of(
                                "transit/keys/latchkey", "read",
                                "transit/keys/latchkey/rotate", "update",
                                "transit/keys/latchkey/config", "update of min_decryption_version only",
                                "transit/rewrap/latchkey", "update",
                                "transit/keys/latchkey-data", "read",
                                "transit/keys/latchkey-data/rotate", "update",
                                "transit/keys/latchkey-data/config", "update of min_decryption_version only",
                                "transit/rewrap/latchkey-data", "update",
                                "transit/hmac/latchkey-fingerprint", "update")));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allowEveryIdentityItsOwnWorkAndNoOther(String identity, Map<String, String> work) throws IOException {
        var allowed = new TreeMap<>(work);
        allowed.put("auth/token/lookup-self", "read");
        allowed.put("auth/token/renew-self", "update");

        assertThat(rules(identity)).isEqualTo(allowed);
    }

    /** Fails on anything beside rules and comments: it could be a rule that was not understood. */
    private static Map<String, String> rules(String identity) throws IOException {
        var text = Files.readString(POLICIES.resolve(identity + ".hcl")).replaceAll("(?m)^#.*\\R", "");
        assertThat(RULE.matcher(text).replaceAll("")).isBlank();
        var rules = new TreeMap<String, String>();
        RULE.matcher(text).results().forEach(rule -> rules.merge(rule.group(1), capability(rule), "%s, %s"::formatted));
        return rules;
    }

    private static String capability(MatchResult rule) {
        return rule.group(3) == null ? rule.group(2) : rule.group(2) + " of " + rule.group(3) + " only";
    }
}
