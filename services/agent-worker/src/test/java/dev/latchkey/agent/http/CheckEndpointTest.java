package dev.latchkey.agent.http;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.agent.checking.StoredKeys;
import dev.latchkey.agent.credentials.CatchUp;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.listing.ListingKeyCheck;
import dev.latchkey.events.KeyPurpose;
import dev.latchkey.events.KeyUseResult;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.ServiceSecret;
import dev.latchkey.runtime.TokenVerifier;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.standins.issuer.DevIssuer;
import dev.latchkey.standins.issuer.TokenSigner;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Call;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.providers.ProviderStandIn;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way: token, view, opened key, provider. */
@SuppressWarnings("NullAway.Init")
final class CheckEndpointTest {
    private static final String REQUEST = "request-1";
    private static final ServiceSecret SECRET = new ServiceSecret("secret-of-the-two");
    private static final InstantSource CLOCK = InstantSource.system();

    private final CredentialView view = new CredentialView(CLOCK);
    private final FakeVault vault = new FakeVault();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private ProviderStandIn provider;
    private DevIssuer issuer;
    private Endpoints endpoints;
    private HttpEndpoint worker;
    private Unsealer unsealer = vault;
    private CatchUp catchUp = _ -> true;
    private final List<KeyUsed> uses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        provider = ProviderStandIn.start(Listen.atAnyPort(), Delays.usual(), CLOCK);
        issuer = DevIssuer.start(
                Listen.atAnyPort(),
                TokenSigner.keptIn(directory.resolve("issuer.json"), "latchkey-dev", "latchkey", CLOCK));
        var address = provider.address();
        endpoints = new Endpoints(new ProviderUrls(address, address, address), AllowedOrigins.none());
        var keyCheck = new ListingKeyCheck(endpoints, Duration.ofSeconds(8));
        var storedKeys = new StoredKeys(
                view,
                new KeyOpener((stored, owner) -> unsealer.unseal(stored, owner), uses::add, UUID::randomUUID, CLOCK),
                keyCheck,
                new StoredKeys.Freshness(CLOCK, deadline -> catchUp.before(deadline), Duration.ofSeconds(1)));
        var bearer = new Bearer(new TokenVerifier(issuer.jwks(), "latchkey-dev", "latchkey"));
        worker = HttpEndpoint.start(
                HttpAddress.local(0),
                new Health(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new CheckEndpoint(SECRET, bearer, storedKeys, UUID::randomUUID)::register);
    }

    @AfterEach
    void stop() {
        worker.close();
        endpoints.close();
        issuer.close();
        provider.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource({
        "sk-ada-0123456789-wxyz, accepted",
        "sk-ada-bad-0123456789-wxyz, refused",
        "sk-ada-broken-0123456789-wxyz, unreachable",
    })
    void tellsWhatTheProviderSaysInOneWord(String key, String outcome) throws Exception {
        view.changed(credential().setSealedKey(sealed(key, ADA)).build());

        var answer = check(ADA, CREDENTIAL.toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(answer(outcome, 3));
    }

    @Test
    void putsOnRecordThatTheKeyWasOpenedAndInWhichRequest() throws Exception {
        view.changed(credential().build());

        check(ADA, CREDENTIAL.toString());

        assertThat(uses)
                .extracting(KeyUsed::getPurpose, KeyUsed::getResult, KeyUsed::getRequestId)
                .containsExactly(tuple(KeyPurpose.CHECK, KeyUseResult.OPENED, REQUEST));
    }

    @Test
    void doesNotReachAProviderAtAnAddressThatIsNotPublic() throws Exception {
        view.changed(credential()
                .setProvider("openai-compatible")
                .setBaseUrl(provider.address() + "/v1")
                .build());

        assertThat(check(ADA, CREDENTIAL.toString()).body()).isEqualTo(answer("unreachable", 3));
    }

    @Test
    void opensAKeyThatWasSealedAnewAndHasNotBeenHeardOfYet() throws Exception {
        var anew = sealed("sk-ada-0123456789-wxyz", ADA);
        view.changed(credential().setSealedKey("fake:v1:tooold").setRevision(1).build());
        catchUp = _ -> {
            view.changed(credential().setSealedKey(anew).setRevision(2).build());
            return true;
        };

        assertThat(check(ADA, CREDENTIAL.toString()).body()).isEqualTo(answer("accepted", 2));
    }

    /** The view is behind the api: its owner has just replaced the key. */
    @Test
    void checksNoOlderKeyThanTheOneThatIsAskedAbout() throws Exception {
        view.changed(credential()
                .setRevision(3)
                .setSealedKey(sealed("sk-ada-bad-0123456789-wxyz", ADA))
                .build());

        var early = check(ADA, CREDENTIAL.toString(), "4");
        view.changed(credential().setRevision(4).build());
        var late = check(ADA, CREDENTIAL.toString(), "4");

        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("retry-after")).contains("1");
        assertThat(early.body()).contains("the credential is not known here yet");
        assertThat(late.body()).isEqualTo(answer("accepted", 4));
        assertThat(uses).extracting(KeyUsed::getRevision).containsExactly(4L);
    }

    @Test
    void waitsForACredentialThatIsOnItsWay() throws Exception {
        var late = Thread.startVirtualThread(
                () -> view.changed(credential().setRevision(4).build()));

        assertThat(check(ADA, CREDENTIAL.toString(), "4").body()).isEqualTo(answer("accepted", 4));
        late.join();
    }

    @Test
    void usesNoKeyWhileItIsNotKnownWhatWasDeletedLately() throws Exception {
        view.changed(credential().build());
        catchUp = _ -> false;

        assertThat(check(ADA, CREDENTIAL.toString()).statusCode()).isEqualTo(503);
        assertThat(provider.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "three", "1.5"})
    void wantsToKnowWhichRevision(String revision) throws Exception {
        assertThat(check(ADA, CREDENTIAL.toString(), revision).statusCode()).isEqualTo(400);
    }

    @Test
    void keepsToItselfWhoseCredentialItIs() throws Exception {
        view.changed(credential().build());

        var foreign = check(BOB, CREDENTIAL.toString());

        assertThat(foreign.statusCode()).isEqualTo(503);
        assertThat(foreign.body())
                .isEqualTo(check(BOB, UUID.randomUUID().toString()).body());
    }

    @Test
    void knowsNothingByWhatIsNoId() throws Exception {
        assertThat(check(ADA, "no-uuid").statusCode()).isEqualTo(404);
    }

    @Test
    void checksNoDeletedCredential() throws Exception {
        view.changed(deletedCredential());

        assertThat(check(ADA, CREDENTIAL.toString()).statusCode()).isEqualTo(404);
    }

    @Test
    void usesNoKeyThatWasDeletedWhileItWasOpened() throws Exception {
        view.changed(credential().build());
        unsealer = (stored, owner) -> {
            var opened = vault.unseal(stored, owner);
            view.changed(deletedCredential());
            return opened;
        };

        assertThat(check(ADA, CREDENTIAL.toString()).statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhichKeyItCheckedWhenItsOwnerReplacesItMeanwhile() throws Exception {
        view.changed(credential().build());
        unsealer = (stored, owner) -> {
            var opened = vault.unseal(stored, owner);
            view.changed(credential()
                    .setRevision(4)
                    .setSealedKey(sealed("sk-ada-bad-0123456789-wxyz", ADA))
                    .build());
            return opened;
        };

        assertThat(check(ADA, CREDENTIAL.toString()).body()).isEqualTo(answer("accepted", 3));
    }

    @Test
    void sendsNoKeyElsewhereThanItWasSealedFor() throws Exception {
        view.changed(credential().build());
        unsealer = (stored, owner) -> {
            var opened = vault.unseal(stored, owner);
            view.changed(credential().setRevision(4).setProvider("anthropic").build());
            return opened;
        };

        check(ADA, CREDENTIAL.toString());

        assertThat(provider.calls()).extracting(Call::provider).containsExactly("openai");
    }

    @Test
    void concludesNothingFromAKeyThatDoesNotOpen() throws Exception {
        view.changed(credential().build());
        unsealer = (_, _) -> new Unsealed.Refused("no");

        assertThat(check(ADA, CREDENTIAL.toString()).body()).isEqualTo(answer("unreachable", 3));
    }

    @Test
    void asksForPatienceWhileVaultIsAway() throws Exception {
        view.changed(credential().build());
        vault.goAway();

        var answer = check(ADA, CREDENTIAL.toString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret-of-the-twi", "secret-of-the-two-and-more"})
    void answersNobodyButTheApi(String shown) throws Exception {
        view.changed(credential().build());
        var request = HttpRequest.newBuilder(URI.create(url(CREDENTIAL.toString()) + "?revision=1"))
                .header("Authorization", "Bearer " + issuer.token(ADA, Duration.ofHours(1)))
                .header(ServiceSecret.HEADER.defaultCase(), shown)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(uses).isEmpty();
        assertThat(provider.calls()).isEmpty();
    }

    @Test
    void wantsAToken() throws Exception {
        view.changed(credential().build());
        var request = HttpRequest.newBuilder(url(CREDENTIAL.toString()))
                .header(ServiceSecret.HEADER.defaultCase(), SECRET.text())
                .POST(HttpRequest.BodyPublishers.noBody());

        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        request.header("Authorization", "Bearer " + issuer.token(ADA, Duration.ofHours(-1)));
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    private static String answer(String outcome, int revision) {
        return "{\"outcome\":\"" + outcome + "\",\"revision\":" + revision + "}";
    }

    private HttpResponse<String> check(UUID userId, String credentialId) throws Exception {
        return check(userId, credentialId, "1");
    }

    private HttpResponse<String> check(UUID userId, String credentialId, String revision) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url(credentialId) + "?revision=" + revision))
                .header("Authorization", "Bearer " + issuer.token(userId, Duration.ofHours(1)))
                .header("X-Request-Id", REQUEST)
                .header(ServiceSecret.HEADER.defaultCase(), SECRET.text())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI url(String credentialId) {
        return URI.create(
                "http://localhost:" + worker.port() + "/api/v1/users/me/llm-credentials/" + credentialId + "/check");
    }
}
