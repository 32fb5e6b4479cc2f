/** What users see over HTTP. */
@NullMarked
package dev.latchkey.router.http;

import org.jspecify.annotations.NullMarked;
