package io.penstock.examples.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An application as Spring's own documentation would write it; nothing in it knows which producer it uses. */
@Component
public class Shop {

    public static final String ORDERS = "orders";
    public static final String STOCK = "stock";

    private final KafkaTemplate<String, String> template;
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    public Shop(KafkaTemplate<String, String> template) {
        this.template = template;
    }

    /** Both records, or none. */
    @Transactional
    public void order(String customer, String article) {
        template.send(ORDERS, customer, article);
        template.send(STOCK, article, "-1");
        if (article.isEmpty()) {
            throw new IllegalArgumentException("an order of nothing");
        }
    }

    @KafkaListener(topics = ORDERS, groupId = "shop")
    public void onOrder(String article) {
        delivered.add(article);
    }

    public List<String> delivered() {
        return delivered;
    }
}
