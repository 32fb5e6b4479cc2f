package dev.latchkey.api.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Model;
import dev.latchkey.api.providers.ScriptedProvider.Asked;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.Verdict;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.sealing.ApiKey;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpKeyCheckTest {
    private static final ApiKey KEY = new ApiKey("sk-live-abcdefgh-wxyz");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final Endpoints endpoints = new Endpoints(
            new ProviderUrls(provider.address(), provider.address(), provider.address()),
            new AllowedOrigins(Set.of(provider.address().toString())));
    private final HttpKeyCheck check = new HttpKeyCheck(endpoints, Duration.ofSeconds(10));

    HttpKeyCheckTest() throws Exception {}

    @AfterEach
    void close() {
        endpoints.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, /v1/models, authorization: Bearer sk-live-abcdefgh-wxyz",
        "GOOGLE, /v1beta/models, x-goog-api-key: sk-live-abcdefgh-wxyz",
        "ANTHROPIC, /v1/models, x-api-key: sk-live-abcdefgh-wxyz",
        "OPENAI_COMPATIBLE, /api/v1/models, authorization: Bearer sk-live-abcdefgh-wxyz",
    })
    void asksForTheModelsWithTheKeyInAHeader(Provider name, String path, String header) {
        var verdict = check.check(KEY, model(name));

        assertThat(verdict).isEqualTo(new Verdict.Accepted());
        assertThat(provider.asked()).containsExactly(new Asked(path, header));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 401",
        "OPENAI, 403",
        "GOOGLE, 400",
        "GOOGLE, 401",
        "GOOGLE, 403",
        "ANTHROPIC, 401",
        "ANTHROPIC, 403",
        "OPENAI_COMPATIBLE, 401",
        "OPENAI_COMPATIBLE, 403"
    })
    void hearsThatAKeyIsRefused(Provider name, int status) {
        provider.answers(status);

        assertThat(check.check(KEY, model(name))).isEqualTo(new Verdict.Refused());
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI, 400",
        "OPENAI, 404",
        "OPENAI, 429",
        "OPENAI, 500",
        "OPENAI, 503",
        "GOOGLE, 404",
        "GOOGLE, 429",
        "GOOGLE, 500",
        "ANTHROPIC, 400",
        "ANTHROPIC, 429",
        "ANTHROPIC, 500",
        "ANTHROPIC, 529",
        "OPENAI_COMPATIBLE, 404",
        "OPENAI_COMPATIBLE, 429",
        "OPENAI_COMPATIBLE, 500",
        "OPENAI, 204"
    })
    void concludesNothingFromAnAnswerAboutSomethingElse(Provider name, int status) {
        provider.answers(status);

        assertThat(check.check(KEY, model(name))).isEqualTo(new Verdict.Unreachable());
    }

    @ParameterizedTest
    @EnumSource
    void followsNoRedirect(Provider name) {
        provider.answers(302);

        assertThat(check.check(KEY, model(name))).isEqualTo(new Verdict.Unreachable());
        assertThat(provider.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void waitsForNoProviderThatHangs(Provider name) {
        provider.answers(ScriptedProvider.NEVER);

        var hasty = new HttpKeyCheck(endpoints, Duration.ofMillis(300));

        assertThat(hasty.check(KEY, model(name))).isEqualTo(new Verdict.Unreachable());
    }

    @ParameterizedTest
    @EnumSource
    void concludesNothingWhenNobodyListens(Provider name) {
        provider.close();

        assertThat(check.check(KEY, model(name))).isEqualTo(new Verdict.Unreachable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/v1",
                "https://localhost:8443/v1",
                "https://[::1]/v1",
                "https://[::ffff:10.0.0.1]/v1",
                "https://10.1.2.3/v1",
                "https://172.16.0.1/v1",
                "https://192.168.0.1/v1",
                "https://169.254.169.254/latest",
                "https://[fd00:ec2::254]/latest",
                "https://0.0.0.0/v1",
                "https://2130706433/v1",
                "https://localhost./v1",
                "https://LOCALHOST/v1",
                "https://models.localhost/v1",
                "https://metadata.google.internal/computeMetadata/v1",
                "https://metadata.google.internal./computeMetadata/v1",
                "https://[::ffff:169.254.169.254]/latest",
                "https://[::ffff:a9fe:a9fe]/latest",
                "https://[64:ff9b::a9fe:a9fe]/latest",
                "https://[2002:a9fe:a9fe::]/latest",
                "https://[fe80::1]/v1",
                "https://[fc00::1]/v1",
                "https://[ff02::1]/v1",
                "https://100.64.0.1/v1",
                "https://224.0.0.1/v1",
                "https://255.255.255.255/v1",
                "https://127.0.0.1:443/v1",
                "https://127.0.0.1:22/v1",
            })
    void asksNobodyAtAnAddressThatIsNotPublic(String baseUrl) {
        assertThat(check.check(KEY, compatible(baseUrl)))
                .isEqualTo(new Verdict.Forbidden("base_url must be a public address"));
    }

    @Test
    void concludesNothingAboutAHostThatDoesNotExist() {
        assertThat(check.check(KEY, compatible("https://nobody.invalid/v1"))).isEqualTo(new Verdict.Unreachable());
    }

    private Model model(Provider name) {
        return switch (name) {
            case OPENAI, GOOGLE, ANTHROPIC -> new Model(name, "m", null);
            case OPENAI_COMPATIBLE -> compatible(provider.address() + "/api/v1");
        };
    }

    private static Model compatible(String baseUrl) {
        return new Model(Provider.OPENAI_COMPATIBLE, "m", URI.create(baseUrl));
    }
}
