"""Follows the PnL of every position, with Confluent's own client and Avro deserializer.

    pip install "confluent-kafka[avro,schemaregistry]"
    python docs/examples/follow_pnl.py [broker] [registry] [number of records to read]

Amounts arrive as decimal.Decimal, exact to the last digit.
"""
import sys

from confluent_kafka import DeserializingConsumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import StringDeserializer

broker = sys.argv[1] if len(sys.argv) > 1 else "localhost:9092"
registry = sys.argv[2] if len(sys.argv) > 2 else "http://localhost:8081/apis/ccompat/v7"
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize


def amount(value):
    return "unknown" if value is None else format(value, "f")


consumer = DeserializingConsumer(
    {
        "bootstrap.servers": broker,
        "group.id": "follow-pnl-example",
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",
        "key.deserializer": StringDeserializer("utf_8"),
        "value.deserializer": AvroDeserializer(SchemaRegistryClient({"url": registry})),
    }
)
consumer.subscribe(["pnl"])
seen = 0
try:
    while seen < wanted:
        record = consumer.poll(1.0)
        if record is None:
            continue
        pnl = record.value()
        if pnl is None:
            print(record.key(), "has no fills any more")
        else:
            realised, unrealised = amount(pnl["realizedNet"]), amount(pnl["unrealizedGross"])
            print(record.key(), pnl["level"], "realised", realised, "unrealised", unrealised, pnl["quoteCurrency"])
        seen += 1
except KeyboardInterrupt:
    pass
finally:
    consumer.close()
