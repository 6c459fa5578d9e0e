"""What each video's score is made of, for one viewer."""

import numpy as np

from revue.recommender.engine import taste
from revue.recommender.engine.catalogue import Catalogue, Floats, Ids, found
from revue.recommender.engine.clusters import NOWHERE
from revue.recommender.engine.formula import Formula
from revue.recommender.engine.request import Request


class Terms:
    """What each video's score is made of, for one viewer."""

    def __init__(self, catalogue: Catalogue, request: Request, formula: Formula) -> None:
        self.catalogue, self.formula = catalogue, formula
        places, known = catalogue.found(request.watched)
        rewards = np.clip(request.rewards[known], 0.0, 1.0)
        self.taste = taste.learn(catalogue.clusters, catalogue.prior, catalogue.vectors, places, rewards, formula)
        self._wonder()
        newest = request.served[-formula.block :]
        for place in catalogue.places_of(newest[~np.isin(newest, request.watched)]):
            self.send(int(place))
        self.followed = request.followed
        self.dials, self.model = request.dials, request.model
        beside, known = catalogue.found(request.beside)
        order = np.argsort(beside)
        self.beside, self.shared = beside[order], request.shared[known][order]

    def send(self, place: int) -> None:
        """A video is on its way to the viewer: what they will do with it is open, but it is asked."""
        cluster = int(self.catalogue.clusters.of[place])
        if cluster != NOWHERE:
            self.taste = self.taste.asking(cluster)
            self._wonder()

    def _wonder(self) -> None:
        """How much there is to learn of each kind, and what asking about it may bring."""
        formula, mean = self.formula, self.taste.mean
        self.curiosity = formula.curiosity * self.taste.spread * self.catalogue.prior.boost
        # Nothing where it is known already that the viewer likes it.
        asking = np.maximum(mean - formula.usual_watch + self.curiosity, 0.0)
        self.asking = np.where(mean < formula.interest, asking, 0.0)

    def of(self, places: Ids) -> dict[str, Floats]:
        """Each term of each of these videos; their sum is the score."""
        catalogue, formula = self.catalogue, self.formula
        clusters = catalogue.clusters.of[places]
        liking = np.zeros(len(places))
        if len(catalogue.clusters):
            near = taste.closeness(self.taste, catalogue.vectors[places], formula)
            known = self.taste.mean[clusters] - formula.usual_watch + formula.closeness_gain * near
            liking = np.where(clusters == NOWHERE, 0.0, known)
        return {
            "taste": np.asarray(formula.taste_weight * liking, np.float64),
            "finished": formula.finished * catalogue.finish[places],
            "fresh": catalogue.fresh[places],
            "followed": np.where(np.isin(catalogue.authors[places], self.followed), formula.follow, 0.0),
            "dial": formula.dial * self._dialled(places),
            "together": formula.together * self._shared(places),
            "model": self.model.term(catalogue.ids[places]) if self.model else np.zeros(len(places)),
        }

    def _shared(self, places: Ids) -> Floats:
        """How much others who watched the same have in common with each video, 0 … 1."""
        at, known = found(self.beside, places)
        shared = np.zeros(len(places))
        shared[known] = self.shared[at]
        return shared / (shared + self.formula.together_half)

    def _dialled(self, places: Ids) -> Floats:
        """How far the viewer has turned the dials of a video's topics, all together."""
        turned = np.zeros(len(places))
        for bit, steps in self.dials:
            turned += np.where(self.catalogue.topics[places] & bit, steps, 0.0)
        return turned
