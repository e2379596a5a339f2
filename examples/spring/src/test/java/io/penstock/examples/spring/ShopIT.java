package io.penstock.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.kafka.PenstockProducer;
import io.penstock.testkit.EmbeddedKafka;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.core.ProducerFactory;

/** The application on a real broker, its transactions and its listener, with Penstock as its producer. */
class ShopIT {

    private static final long TIMEOUT_SECONDS = 120;

    @Test
    void orders_thatAreCommitted_areDelivered_andNoOthers() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic(Shop.ORDERS, 1, Map.of());
            kafka.createTopic(Shop.STOCK, 1, Map.of());
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("test", Map.of("bootstrap.servers", kafka.bootstrapServers())));
                context.register(ShopConfiguration.class);
                context.refresh();
                Shop shop = context.getBean(Shop.class);
                shop.order("ann", "apple");
                assertThatThrownBy(() -> shop.order("bob", "")).isInstanceOf(IllegalArgumentException.class);
                shop.order("cid", "cherry");
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
                while (shop.delivered().size() < 2 && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
                assertThat(shop.delivered()).containsExactly("apple", "cherry");
                assertThat(((PenstockProducerFactory<?, ?>) context.getBean(ProducerFactory.class))
                                .createRawProducer(
                                        context.getBean(ProducerFactory.class).getConfigurationProperties()))
                        .isInstanceOfSatisfying(PenstockProducer.class, PenstockProducer::close);
            }
        }
    }
}
