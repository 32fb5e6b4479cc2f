package dev.latchkey.standins.transit;

/** What can be asked of the transit. */
enum Operation {
    CREATE,
    READ,
    ROTATE,
    ENCRYPT,
    DECRYPT,
    REWRAP,
    HMAC
}
