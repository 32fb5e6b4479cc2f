package dev.latchkey.schemas;

import static dev.latchkey.schemas.Topic.Retention.FOREVER;
import static dev.latchkey.schemas.Topic.Retention.FOR_AN_HOUR;
import static dev.latchkey.schemas.Topic.Retention.FOR_A_WHILE;
import static dev.latchkey.schemas.Topic.Retention.LATEST;
import static dev.latchkey.schemas.Topic.Retention.LATEST_ALONE;
import static dev.latchkey.schemas.Topic.Retention.LATEST_FOR_A_WHILE;
import static dev.latchkey.schemas.Topic.Retention.LATEST_WITHIN_THE_HOUR;
import static dev.latchkey.schemas.Topic.Retention.LONG;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.DeadLettered;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.OrderDecided;
import dev.latchkey.events.OrderProposed;
import dev.latchkey.events.OutboxPublished;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PositionClosed;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RiskControlChanged;
import dev.latchkey.events.RunControlled;
import dev.latchkey.events.SplitReported;
import dev.latchkey.events.TradeReported;
import dev.latchkey.events.UsageCounted;
import java.util.List;

/** Every topic of the pipeline, as a typed handle. */
public final class Topics {
    /** Key: credentialId. */
    public static final Topic<CredentialChanged> CREDENTIALS =
            new Topic<>("credentials", CredentialChanged.class, LATEST);

    /** Key: userId. */
    public static final Topic<CredentialAudited> CREDENTIAL_AUDIT =
            new Topic<>("credential-audit", CredentialAudited.class, FOREVER);

    /** Key: userId. Has as many partitions as trades. */
    public static final Topic<DataKeyChanged> DATA_KEYS = new Topic<>("data-keys", DataKeyChanged.class, LATEST_ALONE);

    /** Key: userId. */
    public static final Topic<BudgetChanged> BUDGETS = new Topic<>("budgets", BudgetChanged.class, LATEST);

    /** Key: userId. */
    public static final Topic<KeyUsed> KEY_USES = new Topic<>("key-uses", KeyUsed.class, FOREVER);

    /** Key: userId; a tombstone means no default. */
    public static final Topic<DefaultModel> DEFAULT_MODELS = new Topic<>("default-models", DefaultModel.class, LATEST);

    /** Key: userId. */
    public static final Topic<PromptSubmitted> PROMPTS = new Topic<>("prompts", PromptSubmitted.class, FOR_A_WHILE);

    /** Key: userId. */
    public static final Topic<RunControlled> RUN_CONTROLS =
            new Topic<>("run-controls", RunControlled.class, FOR_A_WHILE);

    /** Key: promptId. */
    public static final Topic<AgentTask> AGENT_TASKS = new Topic<>("agent-tasks", AgentTask.class, FOR_A_WHILE);

    /** Key: promptId. */
    public static final Topic<AgentResult> AGENT_RESULTS = new Topic<>("agent-results", AgentResult.class, FOR_A_WHILE);

    /** Key: promptId. */
    public static final Topic<AgentRun> AGENT_RUNS = new Topic<>("agent-runs", AgentRun.class, LATEST_FOR_A_WHILE);

    /** Key: promptId. */
    public static final Topic<AnswerContinued> ANSWER_PARTS =
            new Topic<>("answer-parts", AnswerContinued.class, FOR_AN_HOUR);

    /** Key: userId|day|credentialId, or system|provider|model. */
    public static final Topic<UsageCounted> USAGE = new Topic<>("usage", UsageCounted.class, LATEST);

    /** Key: userId. */
    public static final Topic<TradeReported> TRADES = new Topic<>("trades", TradeReported.class, FOR_A_WHILE);

    /** Key: symbol. */
    public static final Topic<PriceObserved> PRICES = new Topic<>("prices", PriceObserved.class, LATEST_FOR_A_WHILE);

    /** Key: symbol. All of them: two splits of one symbol do not replace each other. */
    public static final Topic<SplitReported> CORPORATE_ACTIONS =
            new Topic<>("corporate-actions", SplitReported.class, FOREVER);

    /** Key: userId|symbol|algorithmId, with empty parts at the levels above. */
    public static final Topic<PnlUpdated> PNL = new Topic<>("pnl", PnlUpdated.class, LATEST_WITHIN_THE_HOUR);

    /** Key: userId|symbol|algorithmId. */
    public static final Topic<PositionClosed> PNL_CLOSED = new Topic<>("pnl-closed", PositionClosed.class, FOR_A_WHILE);

    /** Key: userId. */
    public static final Topic<OrderProposed> ORDERS_PROPOSED =
            new Topic<>("orders-proposed", OrderProposed.class, FOR_A_WHILE);

    /** Key: userId. */
    public static final Topic<OrderDecided> ORDERS_DECIDED =
            new Topic<>("orders-decided", OrderDecided.class, FOR_A_WHILE);

    /** Key: userId, or the word global. */
    public static final Topic<RiskControlChanged> RISK_CONTROLS =
            new Topic<>("risk-controls", RiskControlChanged.class, LATEST);

    /** Key: the key of the rejected record. */
    public static final Topic<DeadLettered> DEAD_LETTERS = new Topic<>("dead-letters", DeadLettered.class, LONG);

    /** Key: the word outbox. Read by the outbox relay alone, when it starts. */
    public static final Topic<OutboxPublished> OUTBOX_POSITION =
            new Topic<>("outbox-position", OutboxPublished.class, LATEST);

    private static final List<Topic<?>> ALL = List.of(
            CREDENTIALS,
            CREDENTIAL_AUDIT,
            KEY_USES,
            DATA_KEYS,
            BUDGETS,
            DEFAULT_MODELS,
            PROMPTS,
            RUN_CONTROLS,
            AGENT_TASKS,
            AGENT_RESULTS,
            AGENT_RUNS,
            ANSWER_PARTS,
            USAGE,
            TRADES,
            PRICES,
            CORPORATE_ACTIONS,
            PNL,
            PNL_CLOSED,
            ORDERS_PROPOSED,
            ORDERS_DECIDED,
            RISK_CONTROLS,
            DEAD_LETTERS,
            OUTBOX_POSITION);

    private Topics() {}

    public static List<Topic<?>> all() {
        return ALL;
    }
}
