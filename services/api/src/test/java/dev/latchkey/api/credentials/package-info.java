@NullMarked
package dev.latchkey.api.credentials;

import org.jspecify.annotations.NullMarked;
