@NullMarked
package dev.latchkey.providers.http;

import org.jspecify.annotations.NullMarked;
