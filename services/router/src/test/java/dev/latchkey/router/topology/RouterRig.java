package dev.latchkey.router.topology;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.Given;
import dev.latchkey.router.runs.Room;
import dev.latchkey.router.runs.RunPolicy;
import dev.latchkey.router.runs.Runs;
import dev.latchkey.router.runs.SystemModel;
import dev.latchkey.router.usage.Meter;
import dev.latchkey.router.usage.PriceList;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The router's whole topology on a clock that tests turn. */
final class RouterRig implements AutoCloseable {
    static final List<String> STORES = List.of(
            RouterStores.CREDENTIALS,
            RouterStores.REFUSALS,
            RouterStores.RUNS,
            RouterStores.LISTENING,
            RouterStores.ROUNDS,
            RouterStores.LANES,
            RouterStores.QUEUE,
            RouterStores.USAGE,
            RouterStores.BUDGETS,
            RouterStores.AHEAD,
            RouterStores.SCHEDULE);
    static final PriceList PRICES = PriceList.parse("currency,USD\nopenai,model-of-priced,2,8");
    private static final String APPLICATION = "router-test";

    private final InMemoryFormat format = new InMemoryFormat();
    private final Path stateDir = temporary();
    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, DefaultModel> defaults;
    private final TestOutputTopic<String, AgentTask> tasks;
    private final TestOutputTopic<String, AgentRun> runs;
    private final TestOutputTopic<String, DeadLettered> letters;
    private final TestOutputTopic<String, UsageCounted> usage;
    private final List<AgentTask> left = new ArrayList<>();
    private Instant now;

    RouterRig(RunPolicy policy, Instant start) {
        this(policy, start, 0);
    }

    private RouterRig(RunPolicy policy, Instant start, double chance) {
        now = start;
        driver = new TopologyTestDriver(topology(policy, chance), properties(), start);
        defaults = output(Topics.DEFAULT_MODELS);
        tasks = output(Topics.AGENT_TASKS);
        runs = output(Topics.AGENT_RUNS);
        letters = output(Topics.DEAD_LETTERS);
        usage = output(Topics.USAGE);
    }

    static RouterRig usual() {
        return new RouterRig(RunPolicy.usual(), Given.NOW);
    }

    /** Whose chance is always the same, from 0 to almost 1. */
    static RouterRig withChance(double chance) {
        return new RouterRig(RunPolicy.usual(), Given.NOW, chance);
    }

    static RouterRig withSystemModel() {
        var usual = RunPolicy.usual();
        var model = Optional.of(new SystemModel("openai", "gpt-4o-mini"));
        return new RouterRig(
                new RunPolicy(
                        usual.deadline(), usual.grace(), usual.memory(), usual.attempts(), model, new Room(2, 1, 10)),
                Given.NOW);
    }

    static RouterRig withRoom(Room room) {
        var usual = RunPolicy.usual();
        return new RouterRig(
                new RunPolicy(
                        usual.deadline(), usual.grace(), usual.memory(), usual.attempts(), usual.systemModel(), room),
                Given.NOW);
    }

    void change(CredentialChanged change) {
        pipe(Topics.CREDENTIALS, change.getCredentialId().toString(), change);
    }

    void submit(PromptSubmitted prompt) {
        submit(prompt, new RecordHeaders());
    }

    void submit(PromptSubmitted prompt, Headers headers) {
        pipe(Topics.PROMPTS, prompt.getUserId().toString(), encode(Topics.PROMPTS, prompt), headers);
    }

    void report(AgentResult result) {
        report(result, new RecordHeaders());
    }

    void report(AgentResult result, Headers headers) {
        pipe(Topics.AGENT_RESULTS, result.getUserId().toString(), encode(Topics.AGENT_RESULTS, result), headers);
    }

    void control(RunControlled control) {
        pipe(Topics.RUN_CONTROLS, control.getUserId().toString(), control);
    }

    void use(KeyUsed use) {
        pipe(Topics.KEY_USES, use.getUserId().toString(), use);
    }

    <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V event) {
        pipe(topic, key, encode(topic, event), new RecordHeaders());
    }

    void pipe(Topic<?> topic, String key, byte[] value, Headers headers) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, headers, now));
    }

    /** Tasks that are in their topic before the router starts. */
    void leftBefore(List<AgentTask> tasks) {
        left.addAll(tasks);
    }

    private List<AgentTask> left(int partition, int most) {
        return left.subList(Math.max(0, left.size() - most), left.size());
    }

    /** Turns the clock in steps of the schedule, as time passes. */
    void pass(Duration span) {
        var end = now.plus(span);
        while (now.isBefore(end)) {
            now = now.plus(RouterProcessor.LOOK);
            driver.advanceWallClockTime(RouterProcessor.LOOK);
        }
    }

    /** Turns the clock at once, as after a pause of the machine. */
    void jump(Duration span) {
        now = now.plus(span);
        driver.advanceWallClockTime(span);
    }

    Instant now() {
        return now;
    }

    List<TestRecord<String, DefaultModel>> defaults() {
        return defaults.readRecordsToList();
    }

    List<AgentTask> tasks() {
        return tasks.readValuesToList();
    }

    List<AgentRun> runs() {
        return runs.readValuesToList();
    }

    List<TestRecord<String, AgentTask>> taskRecords() {
        return tasks.readRecordsToList();
    }

    List<TestRecord<String, AgentRun>> runRecords() {
        return runs.readRecordsToList();
    }

    List<TestRecord<String, UsageCounted>> usage() {
        return usage.readRecordsToList();
    }

    void budget(BudgetChanged change) {
        pipe(Topics.BUDGETS, change.getUserId().toString(), change);
    }

    List<DeadLettered> letters() {
        return letters.readValuesToList();
    }

    /** The bytes of a store, in order. */
    SortedMap<String, Bytes> dump(String store) {
        var dump = new TreeMap<String, Bytes>();
        try (var entries = InnerStore.of(driver.getKeyValueStore(store)).all()) {
            entries.forEachRemaining(entry -> dump.put(entry.key.toString(), Bytes.wrap(entry.value)));
        }
        return dump;
    }

    /** Fills the stores from what another rig wrote to its changelogs, as a restart on another machine does. */
    void restoreFrom(RouterRig before) {
        for (var store : STORES) {
            var changelog = before.driver.createOutputTopic(
                    APPLICATION + "-" + store + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
            changelog
                    .readRecordsToList()
                    .forEach(entry ->
                            InnerStore.of(driver.getKeyValueStore(store)).put(Bytes.wrap(entry.key()), entry.value()));
        }
    }

    /** Has from now on what another rig has in its stores now. */
    void takeStateOf(RouterRig other) {
        for (var store : STORES) {
            var mine = InnerStore.of(driver.getKeyValueStore(store));
            try (var entries =
                    InnerStore.of(other.driver.getKeyValueStore(store)).all()) {
                entries.forEachRemaining(entry -> mine.put(entry.key, entry.value));
            }
        }
    }

    @Override
    public void close() {
        driver.close();
        try {
            Utils.delete(stateDir.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <V extends SpecificRecord> byte[] encode(Topic<V> topic, V event) {
        return format.serializer(topic).serialize(topic.name(), event);
    }

    private Topology topology(RunPolicy policy, double chance) {
        var properties = properties();
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        var runs = new Runs(policy, Given.agents(), () -> chance).metered(new Meter(PRICES));
        new RouterTopology(format, runs, this::left, 1).build(builder);
        return builder.build(properties);
    }

    private <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), format.deserializer(topic));
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        return properties;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(APPLICATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
