package dev.latchkey.standins.transit;

/** What can be asked of the transit. */
enum Operation {
    CREATE,
    READ,
    ROTATE,
    CONFIGURE,
    ENCRYPT,
    DECRYPT,
    MAKE_DATA_KEY,
    REWRAP,
    HMAC
}
