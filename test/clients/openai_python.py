"""What the OpenAI client of PyPI makes of the gateway at the base URL given, as one JSON object."""

import json
import sys

import openai

CLAUDE = "anthropic.claude-sonnet-4-20250514-v1:0"
TITAN = "amazon.titan-embed-text-v2:0"
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": name,
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        },
    }
    for name in ("get_weather", "get_clock")
]

client = openai.OpenAI(base_url=sys.argv[1], api_key="unused", max_retries=0)


def asking(text):
    return [{"role": "user", "content": text}]


def chat():
    answer = client.chat.completions.create(model=CLAUDE, messages=asking("Repeat after me: Grüße 👋"))
    return [answer.choices[0].message.content, answer.usage.total_tokens > 0]


def stream():
    chunks = client.chat.completions.create(
        model=CLAUDE,
        messages=asking("Repeat after me: one two three"),
        stream=True,
        stream_options={"include_usage": True},
    )
    text, usage = "", None
    for chunk in chunks:
        text += chunk.choices[0].delta.content or "" if chunk.choices else ""
        usage = chunk.usage or usage
    return [text, usage.completion_tokens > 0]


def tools():
    messages = asking("What are the weather and the clock in Paris?")
    first = client.chat.completions.create(model=CLAUDE, messages=messages, tools=TOOLS).choices[0]
    calls = first.message.tool_calls
    results = [{"role": "tool", "tool_call_id": call.id, "content": "fine"} for call in calls]
    second = client.chat.completions.create(model=CLAUDE, messages=[*messages, first.message, *results], tools=TOOLS)
    names = sorted(call.function.name for call in calls if json.loads(call.function.arguments))
    return [first.finish_reason, names, second.choices[0].finish_reason]


def embeddings():
    answer = client.embeddings.create(model=TITAN, input=["a harbour", "a lighthouse"], dimensions=256)
    return [len(item.embedding) for item in answer.data]


def models():
    return [model.id for model in client.models.list()]


def refusals():
    def refused(**changes):
        try:
            client.chat.completions.create(**{"model": CLAUDE, "messages": asking("Hi"), **changes})
        except openai.APIStatusError as error:
            return [type(error).__name__, error.status_code, error.code, error.param]
        return None

    return [refused(model="nope"), refused(messages=[]), refused(temperature=3)]


print(json.dumps({run.__name__: run() for run in (chat, stream, tools, embeddings, models, refusals)}))
