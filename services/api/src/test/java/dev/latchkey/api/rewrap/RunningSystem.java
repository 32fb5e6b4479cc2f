package dev.latchkey.api.rewrap;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.Samples;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.Registration;
import dev.latchkey.api.credentials.StoredKey;
import dev.latchkey.api.outbox.OutboxAnnouncements;
import dev.latchkey.api.outbox.Relay;
import dev.latchkey.api.outbox.SealedTopic;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.store.CredentialStore;
import dev.latchkey.api.store.Epilogue;
import dev.latchkey.api.store.KeysByVersion;
import dev.latchkey.api.store.Written;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.ApiKey;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Sealer;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.vault.VaultFingerprints;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.sealing.vault.VaultSealer;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.sealing.vault.VaultUnsealer;
import dev.latchkey.standins.transit.Identity;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TopicSerde;
import dev.latchkey.testing.WholeTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** PostgreSQL, a Vault or the dev transit, and a broker with the outbox's relay between them; and the keys that were registered. */
public final class RunningSystem implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Broker broker;
    private final DatabaseSettings databaseSettings = Postgres.emptyDatabase();
    private final Database database = Database.open(databaseSettings);
    private final SealingServer vault;
    private final CredentialStore store = new CredentialStore(database, CLERK);
    private final Sealer sealer;
    private final Unsealer unsealer;
    private final MasterKey masterKey;
    private final Map<UUID, ApiKey> keys = new HashMap<>();
    private Relay relay;

    public RunningSystem(Path directory) {
        this(directory, SealingServer.dev());
    }

    public RunningSystem(Path directory, SealingServer vault) {
        this.vault = vault;
        sealer = new VaultSealer(session(Identity.API));
        unsealer = new VaultUnsealer(session(Identity.WORKER));
        masterKey = VaultMasterKey.ofApiKeys(session(Identity.ROTATOR));
        broker = Broker.start(directory);
        broker.create(
                2,
                Topics.CREDENTIALS,
                Topics.CREDENTIAL_AUDIT,
                Topics.DATA_KEYS,
                Topics.BUDGETS,
                Topics.PROMPTS,
                Topics.RUN_CONTROLS,
                Topics.OUTBOX_POSITION);
        relay = startRelay();
    }

    public Database database() {
        return database;
    }

    public DatabaseSettings databaseSettings() {
        return databaseSettings;
    }

    public CredentialStore store() {
        return store;
    }

    public MasterKey masterKey() {
        return masterKey;
    }

    public SealedKeys credentials() {
        return KeysByVersion.ofCredentials(
                database, CLERK, masterKey.name(), new VaultFingerprints(session(Identity.ROTATOR)));
    }

    public Announcements announcements(Duration patience) {
        return announcements(SealedTopic.CREDENTIALS, patience);
    }

    public Announcements announcements() {
        return announcements(PATIENCE);
    }

    public Announcements announcements(SealedTopic<?> topic) {
        return announcements(topic, PATIENCE);
    }

    private Announcements announcements(SealedTopic<?> topic, Duration patience) {
        return new OutboxAnnouncements(database, kafka(), topic, patience);
    }

    public SealingServer vault() {
        return vault;
    }

    public VaultSession session(Identity identity) {
        return VaultSession.open(new VaultSettings(vault.address(), vault.login(identity), "latchkey"));
    }

    /** A user's active credentials as they are stored. */
    public List<Credential> active(UUID userId) {
        return store.read(new Act(userId, "look")).stream()
                .filter(credential -> credential.standing().isActive())
                .toList();
    }

    public KafkaSettings kafka() {
        return new KafkaSettings(
                broker.bootstrap(),
                new RegistryFormat.Settings(
                        URI.create("http://localhost:1/unused"),
                        TopicSerde.Writer.class.getName(),
                        TopicSerde.Reader.class.getName()));
    }

    public void stopRelay() {
        relay.close();
    }

    /** One that runs goes on as another. */
    public void startRelayAgain() {
        relay.close();
        relay = startRelay();
    }

    /** The key as it is stored for a credential. */
    public StoredKey seal(UUID userId, UUID credentialId, ApiKey key) {
        var sealed = sealer.seal(
                key, new KeyOwner(userId, credentialId, Samples.model("any").destination()));
        return StoredKey.of(key, sealed, sealer.fingerprint(sealed));
    }

    public Credential register(Act act) {
        return tryToRegister(act, store).orElseThrow();
    }

    public void awaitEmptyOutbox() {
        assertThat(announcements().awaitPublished(announcements().newest())).isTrue();
    }

    /** Everything, two keys at a time. */
    public Outcome rewrap() {
        return new Rewrap(masterKey, credentials(), announcements(), new Rewrap.Run("run-1", 2, Watcher.silent()))
                .complete();
    }

    public List<Credential> register(Act act, int times) {
        return IntStream.range(0, times).mapToObj(_ -> register(act)).toList();
    }

    public List<CredentialAudited> historyOf(Act act) {
        return history().stream()
                .filter(entry -> entry.getUserId().equals(act.userId()))
                .toList();
    }

    /** Empty when a rotation came between sealing and storing. */
    public Optional<Credential> tryToRegister(Act act, CredentialStore store) {
        var id = CLERK.nextId();
        var key = new ApiKey("sk-" + id);
        var sealed = seal(act.userId(), id, key);
        return kept(
                store.register(act, new Registration(id, Samples.model("model-" + id), sealed, false), Epilogue.none()),
                key);
    }

    /** A new key in an old one's place; likewise. */
    public Optional<Credential> tryToReplaceKey(Act act, UUID id) {
        var key = new ApiKey("sk-" + UUID.randomUUID());
        var sealed = seal(act.userId(), id, key);
        return kept(store.rotate(act, id, (before, revision) -> before.rotated(sealed, revision)), key);
    }

    /** From now on the credential should open to this key. */
    public synchronized void expect(UUID id, ApiKey key) {
        keys.put(id, key);
    }

    private Optional<Credential> kept(Written written, ApiKey key) {
        return switch (written) {
            case Written.Stored(var credential) -> {
                expect(credential.id(), key);
                yield Optional.of(credential);
            }
            case Written.Outdated() -> Optional.empty();
            case Written.Duplicate(), Written.Unknown() -> throw new AssertionError(written);
        };
    }

    public Unsealed open(Credential credential) {
        var owner = new KeyOwner(
                credential.userId(), credential.id(), credential.model().destination());
        var key = credential.key();
        return unsealer.unseal(new SealedKey(Objects.requireNonNull(key.ciphertext()), key.encryptionKeyId()), owner);
    }

    public List<UUID> active() {
        return database.inTransaction(sql -> sql.list(
                "SELECT id FROM user_llm_credentials WHERE is_active ORDER BY id",
                row -> row.getObject(1, UUID.class)));
    }

    /** What the table has of every active credential: its revision and ciphertext. */
    public Map<UUID, String> table() {
        return database
                .inTransaction(sql -> sql.list(
                        "SELECT id, revision || ' ' || encrypted_api_key FROM user_llm_credentials WHERE is_active",
                        row -> Map.entry(row.getObject(1, UUID.class), row.getString(2))))
                .stream()
                .collect(TreeMap::new, (map, row) -> map.put(row.getKey(), row.getValue()), Map::putAll);
    }

    /** The same, as the topic has it. */
    public Map<UUID, String> topic() {
        var newest = new HashMap<UUID, CredentialChanged>();
        for (var change : events(Topics.CREDENTIALS)) {
            newest.merge(
                    change.getCredentialId(),
                    change,
                    (one, other) -> other.getRevision() > one.getRevision() ? other : one);
        }
        var active = new TreeMap<UUID, String>();
        newest.forEach((id, change) -> {
            if (change.getIsActive()) {
                active.put(id, change.getRevision() + " " + change.getSealedKey());
            }
        });
        return active;
    }

    public List<CredentialAudited> history() {
        return events(Topics.CREDENTIAL_AUDIT);
    }

    /** Everything is sealed under the newest version, opens to what was registered, and is told to everybody so. */
    public void assertNothingIsOld() {
        int newest = masterKey.versions().newest();
        assertThat(masterKey.versions()).isEqualTo(new MasterKey.Versions(newest, newest));
        assertThat(topic()).isEqualTo(table());
        var stored = credentials().below(Integer.MAX_VALUE, new UUID(0, 0), Integer.MAX_VALUE);
        assertThat(stored).extracting(SealedKeys.Stored::id).isEqualTo(active());
        assertThat(stored)
                .map(key -> store.findActive(key.userId(), key.id()).orElseThrow())
                .allSatisfy(credential -> {
                    var ciphertext = Objects.requireNonNull(credential.key().ciphertext());
                    assertThat(SealedKey.versionOf(ciphertext)).isEqualTo(newest);
                    assertThat(credential.key().fingerprint())
                            .isEqualTo(sealer.fingerprint(new SealedKey(ciphertext, "latchkey")));
                    assertThat(open(credential))
                            .isEqualTo(new Unsealed.Opened(Objects.requireNonNull(keys.get(credential.id()))));
                });
        assertHistoryIsWhole();
    }

    private void assertHistoryIsWhole() {
        var last = new HashMap<UUID, Long>();
        var outOfOrder = history().stream()
                .filter(entry -> entry.getSequence() != last.merge(entry.getUserId(), 1L, Long::sum))
                .toList();
        assertThat(outOfOrder).isEmpty();
    }

    @Override
    public void close() {
        relay.close();
        vault.close();
        broker.close();
        database.close();
    }

    public <V extends SpecificRecord> List<V> events(Topic<V> topic) {
        try (var deserializer = kafka().format().deserializer(topic)) {
            return new WholeTopic(broker.bootstrap(), topic.name())
                    .read().stream()
                            .map(found -> deserializer.deserialize(topic.name(), found.value()))
                            .toList();
        }
    }

    private Relay startRelay() {
        return Relay.start(database::connect, kafka(), kafka().format(), new SimpleMeterRegistry());
    }
}
