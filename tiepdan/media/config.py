"""The configuration file of a LiveKit server for one machine. Pure text; keys as in LiveKit server v1.13."""

import ipaddress
import json

_TEMPLATE = """\
# Written by «manage.py livekit_config». Holds a secret: readable by its owner only.
port: {port}
bind_addresses: [{bind}]
keys:
  {key}: {secret}
logging:
  level: warn
  pion_level: error
  component_levels:
    transport: error # it warns of each data channel that ends when somebody leaves
rtc:
  udp_port: {udp_port}
  # No second listener: it would ignore bind_addresses and stand open on every interface.
  tcp_port: 0
  # Both lines below keep the server and every browser from asking public STUN servers on the Internet.
  use_external_ip: false
  node_ip: {node_ip}
  stun_servers: ["127.0.0.1:3478"] # a dummy, nothing listens there
{reach}
room:
  # Joining is decided by Django, which signs each ticket; after a restart of the server those who hold one
  # come back by themselves into a fresh room.
  auto_create: true
  empty_timeout: {empty}
  departure_timeout: {empty}
  # What the recorder can write as received. RTX is no codec of its own: it carries what was lost again.
  enabled_codecs:
    - mime: video/VP8
    - mime: video/H264
    - mime: audio/opus
    - mime: video/rtx
"""

_LOOPBACK = """\
  enable_loopback_candidate: true
  interfaces:
    includes: [lo]"""

_LAN = """\
  ips:
    includes: [{network}]"""

_WEBHOOK = """\
webhook:
  api_key: {key}
  urls: [{url}]
"""


def livekit_config(
    port: int,
    udp_port: int,
    key: str,
    secret: str,
    webhook_url: str,
    bind: str = "127.0.0.1",
    node_ip: str = "127.0.0.1",
) -> str:
    """YAML for `livekit-server --config`. `bind` is where signalling (HTTP, WebSocket) listens, `node_ip` the
    address that browsers send sound and picture to. No `webhook_url`: the server posts no notices.

    `ValueError` for a secret that the server would refuse or warn about (under 32 characters)."""
    if len(secret) < 32:
        raise ValueError("the LiveKit secret needs at least 32 characters")
    address = ipaddress.ip_address(node_ip)
    network = f"{address}/{address.max_prefixlen}"
    text = _TEMPLATE.format(
        port=port,
        bind=json.dumps(bind),
        key=json.dumps(key),
        secret=json.dumps(secret),
        udp_port=udp_port,
        node_ip=json.dumps(node_ip),
        reach=_LOOPBACK if address.is_loopback else _LAN.format(network=json.dumps(network)),
        empty=3600,
    )
    # A JSON string is a YAML string: json.dumps keeps a key or an address from changing the file's shape.
    return text + (_WEBHOOK.format(key=json.dumps(key), url=json.dumps(webhook_url)) if webhook_url else "")
