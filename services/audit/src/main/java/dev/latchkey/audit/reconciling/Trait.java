package dev.latchkey.audit.reconciling;

/** Something about a credential that several keepers know. */
public enum Trait {
    OWNER,
    PROVIDER,
    MODEL,
    BASE_URL,
    MASKED_KEY,
    ACTIVE,
    DEFAULT_REVISION,
    /** Known to the table and the topic. */
    REVISION,
    /** Known to the table and the topic. Opens nothing without Vault, and is not to be printed all the same. */
    SEALED_KEY,
    /** Known to the table and the history. */
    KEY_FINGERPRINT
}
