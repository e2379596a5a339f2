package io.penstock.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardedTableTest {

    @Test
    void with_anyChanges_isAsAMapWouldBe() {
        Random random = new Random(1);
        Map<String, Integer> expected = new HashMap<>();
        ShardedTable<String, Integer> table = ShardedTable.empty();
        for (int round = 0; round < 2_000; round++) {
            Map<String, Integer> changes = new HashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changes.put("k" + random.nextInt(500), random.nextBoolean() ? round : null);
            }
            ShardedTable<String, Integer> before = table;
            int sizeBefore = before.size();
            table = table.with(changes);
            assertThat(before.size()).isEqualTo(sizeBefore);
            changes.forEach((key, value) -> {
                if (value == null) {
                    expected.remove(key);
                } else {
                    expected.put(key, value);
                }
            });
            assertThat(table.size()).isEqualTo(expected.size());
        }
        Map<String, Integer> shown = new HashMap<>();
        table.forEach(shown::put);
        assertThat(shown).isEqualTo(expected);
        for (String key : expected.keySet()) {
            assertThat(table.get(key)).isEqualTo(expected.get(key));
        }
    }

    @Test
    void with_changesThatChangeNothing_isTheTableItself() {
        ShardedTable<String, Integer> table =
                ShardedTable.<String, Integer>empty().with(Map.of("a", 1));
        Map<String, Integer> none = new HashMap<>();
        none.put("b", null);
        none.put("a", 1);
        assertThat(table.with(none)).isSameAs(table);
    }
}
