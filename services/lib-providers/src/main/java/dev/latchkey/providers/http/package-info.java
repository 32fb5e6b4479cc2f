/** The way to providers. Addresses that users chose are reached only where they are public. */
@NullMarked
package dev.latchkey.providers.http;

import org.jspecify.annotations.NullMarked;
