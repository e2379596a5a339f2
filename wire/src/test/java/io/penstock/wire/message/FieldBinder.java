package io.penstock.wire.message;

import io.penstock.wire.Segments;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** Moves a {@link FieldTree} into an object of either set of classes and back, through their setters and accessors. */
final class FieldBinder {

    private FieldBinder() {}

    static <T> T fill(T target, Map<String, Object> tree) {
        try {
            for (Map.Entry<String, Object> field : tree.entrySet()) {
                Method setter = setter(target.getClass(), field.getKey());
                setter.invoke(target, convert(field.getValue(), setter.getGenericParameterTypes()[0]));
            }
            return target;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot fill " + target.getClass(), e);
        }
    }

    static Map<String, Object> extract(Object source, Schema schema) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : FieldTree.fields(schema)) {
            tree.put(FieldTree.javaName(field), plain(get(source, field), field.type));
        }
        return tree;
    }

    static Object get(Object source, Field field) {
        String name = FieldTree.javaName(field);
        try {
            return method(source.getClass(), 0, name, name).invoke(source);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot read " + field.name + " of " + source.getClass(), e);
        }
    }

    private static Method setter(Class<?> owner, String name) {
        return method(owner, 1, name, "set" + name);
    }

    /** Found without regard to case: {@code kRaft} has lost its capital in the field's description. */
    private static Method method(Class<?> owner, int parameterCount, String name, String otherName) {
        for (Method method : owner.getMethods()) {
            boolean named =
                    method.getName().equalsIgnoreCase(name) || method.getName().equalsIgnoreCase(otherName);
            if (named && method.getParameterCount() == parameterCount) {
                return method;
            }
        }
        throw new AssertionError(owner + " has no method " + name + " or " + otherName);
    }

    private static Object convert(Object value, Type target) throws ReflectiveOperationException {
        Class<?> raw = (Class<?>) (target instanceof ParameterizedType generic ? generic.getRawType() : target);
        if (value instanceof Map<?, ?> tree) {
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) tree;
            return fill(raw.getConstructor().newInstance(), fields);
        }
        if (value instanceof List<?> list) {
            return collection(list, target, raw);
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes(bytes, raw);
        }
        if (value instanceof UUID uuid && raw == Uuid.class) {
            return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }
        return value instanceof Long number ? number(number, raw) : value;
    }

    private static Object collection(List<?> list, Type target, Class<?> raw) throws ReflectiveOperationException {
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, convert(list.get(i), raw.getComponentType()));
            }
            return array;
        }
        Type generic = raw == List.class ? target : raw.getGenericSuperclass();
        Type element = ((ParameterizedType) generic).getActualTypeArguments()[0];
        @SuppressWarnings("unchecked")
        Collection<Object> all = raw == List.class
                ? new ArrayList<>()
                : (Collection<Object>) raw.getConstructor().newInstance();
        for (Object each : list) {
            all.add(convert(each, element));
        }
        return all;
    }

    private static Object bytes(ByteBuffer bytes, Class<?> raw) {
        if (raw == byte[].class) {
            return bytes.array().clone();
        }
        if (raw == Segments.class) {
            int third = bytes.remaining() / 3;
            return Segments.of(
                    bytes.slice(0, third), bytes.slice(third, 0), bytes.slice(third, bytes.remaining() - third));
        }
        return raw == BaseRecords.class ? MemoryRecords.readableRecords(bytes.duplicate()) : bytes.duplicate();
    }

    private static Object number(Long value, Class<?> raw) {
        if (raw == byte.class || raw == Byte.class) {
            return value.byteValue();
        }
        if (raw == short.class || raw == Short.class) {
            return value.shortValue();
        }
        return raw == int.class || raw == Integer.class ? (Object) value.intValue() : value;
    }

    private static Object plain(Object value, org.apache.kafka.common.protocol.types.Type type) {
        if (value == null) {
            return null;
        }
        if (type.isArray()) {
            List<Object> all = new ArrayList<>();
            for (Object each : elements(value)) {
                all.add(plain(each, type.arrayElementType().orElseThrow()));
            }
            return all;
        }
        if (type instanceof Schema schema) {
            return extract(value, schema);
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Segments segments) {
            return segments.toContiguous();
        }
        if (value instanceof MemoryRecords records) {
            return records.buffer();
        }
        if (value instanceof Uuid uuid) {
            return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }
        boolean whole = value instanceof Number && !(value instanceof Double);
        return whole ? (Object) ((Number) value).longValue() : value;
    }

    /** The elements of a collection or of an array of primitives. */
    static Iterable<?> elements(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            all.add(Array.get(value, i));
        }
        return all;
    }
}
