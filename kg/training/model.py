"""The network: one encoding of a window of text, a tag for each word, then every ordered pair of mention candidates."""

import torch
from torch import Tensor, nn

from kg.extraction.learned.features import PIECE_FEATURES
from kg.extraction.learned.labels import FORMS, PAIR_OUTPUTS, REASON_AT, SAME, TAGS
from kg.training.config import Model
from kg.training.dropout import Dropout
from kg.training.encoder import Encoder

__all__ = ["PairHead", "ReaderNetwork", "TokenEncoder"]

_DISTANCES = 14  # buckets to each side


class TokenEncoder(nn.Module):
    """Word pieces -> states and the logits of the tags; the first of the two exported graphs."""

    def __init__(self, *, vocabulary: int, dropout: float, **shape: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary=vocabulary, features=PIECE_FEATURES, dropout=dropout, **shape)
        self.hidden = nn.Linear(self.encoder.width, self.encoder.width)
        self.act = nn.GELU()
        self.dropout = Dropout(dropout)
        self.tag = nn.Linear(self.encoder.width, len(TAGS))

    def forward(self, pieces: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return states [batch, length, width] and tag logits [batch, length, tags]."""
        states = self.encoder(pieces, features)
        return states, self.tag(self.dropout(self.act(self.hidden(states))))


class PairHead(nn.Module):
    """States and candidates -> logits of every ordered pair; the second of the exported graphs.

    A candidate is its first, last and mean state and its form; a pair is the sum and product of the two, their
    distance, and the context that both attend to (after Zhou et al., 2021: localized context pooling).
    """

    def __init__(self, *, states: int, config: Model) -> None:
        super().__init__()
        width, self.heads = config.width, config.context_heads
        self.form = nn.Embedding(len(FORMS), 64)
        self.subject = nn.Linear(3 * states + 64, width)
        self.object = nn.Linear(3 * states + 64, width)
        self.product = nn.Linear(width, width, bias=False)
        self.distance = nn.Embedding(2 * _DISTANCES + 1, width)
        nn.init.normal_(self.distance.weight, std=0.2)
        self.query = nn.Linear(3 * states + 64, self.heads * 32)
        self.key = nn.Linear(states, self.heads * 32)
        self.value = nn.Linear(states, width)
        self.hidden = nn.Linear(width, 2 * width)
        self.output = nn.Linear(2 * width, PAIR_OUTPUTS)
        nn.init.constant_(self.output.bias[:REASON_AT], -5.0)  # relations are rare
        nn.init.constant_(self.output.bias[SAME : SAME + 1], -2.0)
        self.dropout = Dropout(config.dropout)
        self.act = nn.GELU()

    def forward(self, states: Tensor, pieces: Tensor, spans: Tensor) -> Tensor:
        """Score pairs.

        Args:
            states: [batch, length, width]; pieces: [batch, length], 0 pads.
            spans: [batch, candidates, 3]: first and last piece, form.

        Returns:
            pair logits [batch, candidates, candidates, outputs].
        """
        first, last = spans[:, :, 0], spans[:, :, 1]
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        inside = ((positions >= first.unsqueeze(-1)) & (positions <= last.unsqueeze(-1))).to(states.dtype)
        mean = (inside @ states) / (last - first + 1).unsqueeze(-1).to(states.dtype)
        width = states.shape[-1]
        start = states.gather(1, first.unsqueeze(-1).expand(-1, -1, width))
        end = states.gather(1, last.unsqueeze(-1).expand(-1, -1, width))
        mention = self.dropout(torch.cat([start, end, mean, self.form(spans[:, :, 2])], dim=-1))

        batch, count = spans.shape[0], spans.shape[1]
        query = self.query(mention).view(batch, count, self.heads, 32).transpose(1, 2)
        key = self.key(states).view(batch, pieces.shape[1], self.heads, 32).transpose(1, 2)
        bias = (pieces == 0)[:, None, None, :].to(states.dtype) * -1e4
        attention = torch.softmax(query @ key.transpose(-1, -2) / 32**0.5 + bias, dim=-1)
        both = (attention.unsqueeze(3) * attention.unsqueeze(2)).mean(1)
        both = both / (both.sum(-1, keepdim=True) + 1e-6)
        context = both @ self.value(states).unsqueeze(1)

        s, o = self.subject(mention), self.object(mention)
        pair = s.unsqueeze(2) + o.unsqueeze(1) + self.product(s.unsqueeze(2) * o.unsqueeze(1)) + context
        pair = self.act(pair + self.distance(_bucket(first)))
        pair = self.dropout(self.act(self.hidden(self.dropout(pair))))
        logits: Tensor = self.output(pair)
        return logits


def _bucket(first: Tensor) -> Tensor:
    """Number the signed distance of two candidates in word pieces: exact to 4, then by powers of 1.5."""
    gap = (first.unsqueeze(1) - first.unsqueeze(2)).to(torch.float32)
    size = gap.abs()
    bucket = torch.where(size <= 4, size, 4 + torch.log(torch.clamp(size, min=4) / 4) / 0.405).clamp(max=_DISTANCES)
    return (_DISTANCES + torch.sign(gap) * torch.floor(bucket)).to(torch.long)


class ReaderNetwork(nn.Module):
    """Encoder and pair head together, as they are trained."""

    def __init__(self, *, vocabulary: int, config: Model, **shape: int) -> None:
        super().__init__()
        self.tokens = TokenEncoder(vocabulary=vocabulary, dropout=config.dropout, **shape)
        self.pairs = PairHead(states=self.tokens.encoder.width, config=config)

    def forward(self, pieces: Tensor, features: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Return pair and tag logits."""
        states, tags = self.tokens(pieces, features)
        return self.pairs(states, pieces, spans), tags
