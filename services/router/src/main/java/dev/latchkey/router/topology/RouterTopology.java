package dev.latchkey.router.topology;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.runs.ControlRules;
import dev.latchkey.router.runs.PromptRules;
import dev.latchkey.router.runs.ResultRules;
import dev.latchkey.router.runs.Runs;
import dev.latchkey.router.runs.UseRules;
import dev.latchkey.router.usage.BudgetRule;
import dev.latchkey.schemas.CredentialRule;
import dev.latchkey.schemas.PrivateFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.schemas.WireFormat;
import dev.latchkey.streams.Intake;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** Credentials, prompts, results, controls, uses of keys and budgets in, each user's together; default models, tasks, runs and usage out. */
public final class RouterTopology {
    private final WireFormat format;
    private final Intake intake;
    private final Runs runs;
    private final TaskLog log;
    private final int partitions;

    /** The partitions are those of prompts, tasks, results and uses; internal topics have as many, so that a user has one place. */
    public RouterTopology(WireFormat format, Runs runs, TaskLog log, int partitions) {
        this.format = format;
        this.intake = new Intake("router", format);
        this.runs = runs;
        this.log = log;
        this.partitions = partitions;
    }

    public void build(StreamsBuilder builder) {
        var outputs = credentials(builder)
                .merge(prompts(builder), Named.as("with-prompts"))
                .merge(results(builder), Named.as("with-results"))
                .merge(controls(builder), Named.as("with-controls"))
                .merge(uses(builder), Named.as("with-uses"))
                .merge(budgets(builder), Named.as("with-budgets"))
                .process(RouterProcessor.supplier(runs, log), Named.as("router"));
        publish(outputs.flatMapValues(RouterTopology::defaults, Named.as("defaults")), Topics.DEFAULT_MODELS);
        publish(outputs.flatMapValues(RouterTopology::moves, Named.as("moves")), Topics.AGENT_RUNS);
        publish(outputs.flatMapValues(RouterTopology::tasks, Named.as("tasks")), Topics.AGENT_TASKS);
        publish(outputs.flatMapValues(RouterTopology::counts, Named.as("counts")), Topics.USAGE);
    }

    private KStream<String, Input> credentials(StreamsBuilder builder) {
        return intake.stream(builder, Topics.CREDENTIALS, CredentialRule::brokenBy)
                .mapValues(RouterTopology::withoutKey, Named.as("credentials-without-key"))
                .selectKey((_, change) -> change.getUserId().toString(), Named.as("credentials-owner"))
                .repartition(byUser("credentials-by-user", CredentialChanged.class))
                .mapValues(Input.CredentialSeen::new, Named.as("credential-seen"));
    }

    private KStream<String, Input> prompts(StreamsBuilder builder) {
        return intake.stream(builder, Topics.PROMPTS, PromptRules::brokenBy)
                .mapValues(Input.PromptSeen::new, Named.as("prompt-seen"));
    }

    private KStream<String, Input> results(StreamsBuilder builder) {
        return intake.stream(builder, Topics.AGENT_RESULTS, ResultRules::brokenBy)
                .mapValues(Input.ResultSeen::new, Named.as("result-seen"));
    }

    private KStream<String, Input> controls(StreamsBuilder builder) {
        return intake.stream(builder, Topics.RUN_CONTROLS, ControlRules::brokenBy)
                .repartition(byUser("controls-by-user", RunControlled.class))
                .mapValues(Input.ControlSeen::new, Named.as("control-seen"));
    }

    private KStream<String, Input> uses(StreamsBuilder builder) {
        return intake.stream(builder, Topics.KEY_USES, UseRules::brokenBy)
                .filter((_, use) -> UseRules.beganCall(use), Named.as("calls-begun"))
                .mapValues(Input.UseSeen::new, Named.as("use-seen"));
    }

    private KStream<String, Input> budgets(StreamsBuilder builder) {
        return intake.stream(builder, Topics.BUDGETS, BudgetRule::brokenBy)
                .repartition(byUser("budgets-by-user", BudgetChanged.class))
                .mapValues(Input.BudgetSeen::new, Named.as("budget-seen"));
    }

    private <V extends SpecificRecord> Repartitioned<String, V> byUser(String name, Class<V> type) {
        return Repartitioned.<String, V>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(new PrivateFormat<>(type))
                .withNumberOfPartitions(partitions);
    }

    private <V extends SpecificRecord> void publish(KStream<String, V> events, Topic<V> topic) {
        events.to(
                topic.name(),
                Produced.with(Serdes.String(), format.serde(topic)).withName(topic.name() + "-sink"));
    }

    /** Routing needs no sealed key, so none lies in the router's topics and stores. */
    private static CredentialChanged withoutKey(CredentialChanged change) {
        return CredentialChanged.newBuilder(change).setSealedKey(null).build();
    }

    @SuppressWarnings("NullAway") // A missing value is a tombstone.
    private static List<DefaultModel> defaults(Output output) {
        return switch (output) {
            case Output.DefaultChosen(var model) -> List.of(model);
            case Output.DefaultLost _ -> Collections.singletonList(null);
            case Output.TaskReleased _, Output.RunMoved _, Output.UsageMoved _ -> List.of();
        };
    }

    private static List<AgentRun> moves(Output output) {
        return switch (output) {
            case Output.RunMoved(var run) -> List.of(run);
            case Output.DefaultChosen _, Output.DefaultLost _, Output.TaskReleased _, Output.UsageMoved _ -> List.of();
        };
    }

    private static List<AgentTask> tasks(Output output) {
        return switch (output) {
            case Output.TaskReleased(var task) -> List.of(task);
            case Output.DefaultChosen _, Output.DefaultLost _, Output.RunMoved _, Output.UsageMoved _ -> List.of();
        };
    }

    private static List<UsageCounted> counts(Output output) {
        return switch (output) {
            case Output.UsageMoved(var usage) -> List.of(usage);
            case Output.DefaultChosen _, Output.DefaultLost _, Output.TaskReleased _, Output.RunMoved _ -> List.of();
        };
    }
}
