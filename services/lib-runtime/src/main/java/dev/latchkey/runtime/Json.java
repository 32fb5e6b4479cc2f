package dev.latchkey.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

/** JSON over HTTP: snake_case names, decimals as plain strings, constants as lower-case words, times in ISO 8601, nothing unknown and nothing twice. */
public final class Json {
    /**
     * Keeps nothing of what it reads: a buffer that is used again holds the key that was read last, and a table of
     * field names holds for ever the key that somebody sent as the name of a field.
     */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .addModules(new JavaTimeModule(), new Jdk8Module(), decimalsAsText(), constantsAsWords())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(
                    DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                    DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .withCoercionConfig(
                    LogicalType.Float,
                    config -> config.setCoercion(CoercionInputShape.String, CoercionAction.TryConvert))
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private Json() {}

    /** The body of a request; throws the problem that its sender should hear when it is no such body. */
    public static <T> T read(ServerRequest request, Class<T> type, int maxBytes) {
        return parse(bytes(request, maxBytes), type);
    }

    /** The body of a request that says it is JSON; throws the problem that its sender should hear when it is too large. */
    public static byte[] bytes(ServerRequest request, int maxBytes) {
        var mediaType = request.headers()
                .contentType()
                .map(type -> type.mediaType().text())
                .orElse("");
        if (!mediaType.equals("application/json")) {
            throw new ProblemException(Problem.unsupportedMediaType("the body must be application/json"));
        }
        return content(request, maxBytes);
    }

    /**
     * A body as a value; throws the problem that its sender should hear when it is none. Causes are left out on purpose: a
     * parser's message quotes the body, and the body may hold a key.
     */
    public static <T> T parse(byte[] body, Class<T> type) {
        try {
            return bind(MAPPER.readTree(body), type);
        } catch (IOException e) {
            throw new ProblemException(Problem.badRequest("the body is not JSON"));
        }
    }

    public static void send(ServerResponse response, int status, Object body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(write(body));
    }

    public static byte[] write(Object body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(ServerRequest request, int maxBytes) {
        try (var in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new ProblemException(Problem.tooLarge("the body is larger than " + maxBytes + " bytes"));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An unknown field is not named: it may be a key in the wrong place. */
    private static <T> T bind(JsonNode body, Class<T> type) throws IOException {
        if (!body.isObject()) {
            throw new ProblemException(Problem.unprocessable("the body is not a JSON object"));
        }
        try {
            return MAPPER.treeToValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            throw new ProblemException(Problem.unprocessable("the body has a field that is not known" + known(e)));
        } catch (JsonMappingException e) {
            throw new ProblemException(Problem.unprocessable("the body is not valid" + place(e)));
        }
    }

    private static String known(UnrecognizedPropertyException e) {
        var names =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        return names.isEmpty() ? "" : "; known are " + String.join(", ", names);
    }

    private static String place(JsonMappingException e) {
        var names = e.getPath().stream()
                .map(step -> Objects.requireNonNullElse(step.getFieldName(), String.valueOf(step.getIndex())))
                .toList();
        return names.isEmpty() ? "" : ": look at " + String.join(".", names);
    }

    private static SimpleModule decimalsAsText() {
        return new SimpleModule().addSerializer(BigDecimal.class, new ToStringSerializerBase(BigDecimal.class) {
            @Override
            public String valueToString(Object value) {
                return ((BigDecimal) value).toPlainString();
            }
        });
    }

    private static SimpleModule constantsAsWords() {
        return new SimpleModule().addSerializer(Enum.class, new ToStringSerializerBase(Enum.class) {
            @Override
            public String valueToString(Object value) {
                return ((Enum<?>) value).name().toLowerCase(Locale.ROOT);
            }
        });
    }
}
