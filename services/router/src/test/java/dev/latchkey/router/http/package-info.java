/** Tests of dev.latchkey.router.http. */
@NullMarked
package dev.latchkey.router.http;

import org.jspecify.annotations.NullMarked;
