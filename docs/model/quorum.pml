/*
 * Votes and leases of distributed applications with a quorum, as decided by Ballot, Lease,
 * LocalClaim and ApplicationState in io.clusterspring.failover.decision: three nodes, of
 * which two must vote. Nodes 0 and 1 may run the application, node 2 only votes. README.md
 * says what is modelled and what is not; the script "check" runs it.
 *
 * There is no clock. Any order of events may happen in time, with one rule: the owner's
 * lease expires before any voter's promise. So a vote for a round may expire only when its
 * owner does not rely on this round, or an earlier one, any more.
 */

#define NODES 3
#define CLAIMERS 2

/* how much may happen before the network calms down */
#ifndef TOKENS
#define TOKENS 2	/* the greatest token */
#endif
#ifndef ROUNDS
#define ROUNDS 2	/* the greatest round of a claim */
#endif
#ifndef CRASHES
#define CRASHES 1	/* crashes of all nodes together */
#endif

/* after the network has calmed down, in rounds */
#define CALM 16		/* until then a node must own the application */
#define TERM 3		/* how long a grant lets the application run */
#define HOLD 5		/* how long a voter keeps a vote that is not renewed */

/* the phases of a claim; an application that stops is still owned */
#define IDLE 0
#define CANDIDATE 1
#define OWNER 2

/* what a node knows of another one */
typedef Report {
	bit known;
	bit settled;		/* all votes of earlier lives have expired */
	bit life;		/* changes at a crash */
	byte token;		/* of its claim, 0 if it has none */
	byte round;
	bit voteLife;		/* its vote for the receiver */
	byte voteToken;		/* 0 if it has none */
	byte voteRound
}

Report heard[9];		/* [receiver * NODES + sender] */
#ifdef DELAYS
Report sent[9];			/* what is on its way */
#endif

/* nodes and their ballots: the latest vote of this life is also the promise */
bit life[NODES];
bit open[NODES] = 1;
bit settled[NODES] = 1;
bit voting[NODES];		/* the latest vote still stands */
byte voteFor[NODES] = NODES;
bit voteLife[NODES];
byte voteToken[NODES];
byte voteRound[NODES];

/* claims */
byte phase[CLAIMERS];
byte token[CLAIMERS];
byte round[CLAIMERS];
byte granted[CLAIMERS];		/* the round that enough voters have heard of, 0 if none */
byte seen[CLAIMERS];		/* the greatest token that the node knows */

/* known to the observer only */
byte over[CLAIMERS];		/* the greatest round of the claim whose lease has ended */
byte earlier[6];		/* [voter * CLAIMERS + claimer] the round that an earlier life voted for */
byte crashes;
#ifdef TOKENS_GROW
byte started;			/* the greatest token of a start */
#endif

/* after the network has calmed down */
bit calm;
byte calmRound;
byte done;			/* one bit for each node that had its turn */
byte waited[NODES];		/* rounds since a vote was renewed */
byte young[NODES];		/* rounds since a node has started */
byte claimed[CLAIMERS];		/* rounds since a claim was made */

/* variables within steps */
hidden byte i, a, b, k, best, top, prefer;

#define H(receiver, sender) heard[(receiver) * NODES + (sender)]
#define S(receiver, sender) sent[(receiver) * NODES + (sender)]
#define FOR_PRESENT_CLAIM(v, c) (voteFor[v] == c && voteLife[v] == life[c] && voteToken[v] == token[c] && token[c] > 0)
#define RELIES(c, r) (phase[c] == OWNER && granted[c] <= (r))

/* what a node knows of a claimer, which may be itself */
#define KNOWS(v, c) (v == c || H(v, c).known)
#define LIFE(v, c) (v == c -> life[c] : H(v, c).life)
#define TOKEN(v, c) (v == c -> token[c] : H(v, c).token)
#define ROUND(v, c) (v == c -> round[c] : H(v, c).round)

inline forget(r) {
	r.known = 0; r.settled = 0; r.life = 0; r.token = 0; r.round = 0;
	r.voteLife = 0; r.voteToken = 0; r.voteRound = 0
}

inline write(r, s, to) {
	forget(r);
	r.known = 1; r.settled = settled[s]; r.life = life[s];
	if
	:: s < CLAIMERS -> r.token = token[s]; r.round = round[s]
	:: else
	fi;
	if
	:: voting[s] && voteFor[s] == to -> r.voteLife = voteLife[s]; r.voteToken = voteToken[s]; r.voteRound = voteRound[s]
	:: else
	fi
}

inline copy(to, from) {
	to.known = from.known; to.settled = from.settled; to.life = from.life;
	to.token = from.token; to.round = from.round;
	to.voteLife = from.voteLife; to.voteToken = from.voteToken; to.voteRound = from.voteRound;
	forget(from)
}

inline endClaim(c) {
	phase[c] = IDLE; token[c] = 0; round[c] = 0; granted[c] = 0; over[c] = 0; claimed[c] = 0;
	earlier[c] = 0; earlier[CLAIMERS + c] = 0; earlier[2 * CLAIMERS + c] = 0
}

inline endVote(v) {
	voting[v] = 0; waited[v] = 0
}

/* Ballot.isToldEverything */
#define TOLD_BY(v, w) (v == w || (H(v, w).known && H(v, w).settled && (H(v, w).voteToken == 0 || H(v, w).voteLife == life[v])))
#ifdef NO_TOLD	/* mutation: a node that has started votes when it has heard of all others */
#define TOLD(v) ((v == 0 || H(v, 0).known) && (v == 1 || H(v, 1).known) && (v == 2 || H(v, 2).known))
#else
#define TOLD(v) (TOLD_BY(v, 0) && TOLD_BY(v, 1) && TOLD_BY(v, 2) && !(TOKEN(v, 0) > 0 && TOKEN(v, 1) > 0))
#endif

/* Ballot.cast, without the expiry of a vote, which is an event of its own */
inline cast(v) {
	if
	:: !open[v] && TOLD(v) -> open[v] = 1
	:: else
	fi;
	if
	:: open[v] && voting[v] -> keep(v)
	:: else
	fi;
	if
	:: open[v] && !voting[v] -> elect(v)
	:: else
	fi
}

/* a vote ends when its claimer has given the claim up, but not when the claimer has restarted */
inline keep(v) {
	if
	:: KNOWS(v, voteFor[v]) && LIFE(v, voteFor[v]) == voteLife[v] && TOKEN(v, voteFor[v]) != voteToken[v] -> endVote(v)
	:: KNOWS(v, voteFor[v]) && LIFE(v, voteFor[v]) == voteLife[v] && TOKEN(v, voteFor[v]) == voteToken[v] &&
			ROUND(v, voteFor[v]) > voteRound[v] -> voteRound[v] = ROUND(v, voteFor[v]); waited[v] = 0
#ifdef NO_PROMISE	/* mutation: a vote ends when its claimer is out of sight */
	:: !KNOWS(v, voteFor[v]) -> endVote(v)
#endif
	:: else
	fi
}

#ifdef SMALLER_TOKENS	/* mutation: a claim may have a smaller token than an earlier vote */
#define LATER(v, c) (1)
#else
#define LATER(v, c) (voteFor[v] == NODES || TOKEN(v, c) > voteToken[v])
#endif
#define RENEWED(v, c) (voteFor[v] == c && voteLife[v] == LIFE(v, c) && voteToken[v] == TOKEN(v, c) && ROUND(v, c) > voteRound[v])
#define ACCEPTABLE(v, c) (KNOWS(v, c) && TOKEN(v, c) > 0 && (LATER(v, c) || RENEWED(v, c)))

inline elect(v) {
	best = NODES;
	if
	:: ACCEPTABLE(v, 0) -> best = 0
	:: else
	fi;
	if
	:: ACCEPTABLE(v, 1) && (best == NODES || prefer == 1) -> best = 1
	:: else
	fi;
	if
	:: best < NODES ->
		voting[v] = 1; waited[v] = 0;
		voteLife[v] = LIFE(v, best); voteToken[v] = TOKEN(v, best); voteRound[v] = ROUND(v, best); voteFor[v] = best
	:: else
	fi;
	best = 0
}

/* LocalClaim.count: the second greatest of the rounds that the voters have heard of */
#define VOTE(c, v) (v == c -> (voting[v] && FOR_PRESENT_CLAIM(v, c) -> voteRound[v] : 0) : (H(c, v).voteToken == token[c] && H(c, v).voteLife == life[c] -> H(c, v).voteRound : 0))

inline count(c) {
	a = VOTE(c, 0); b = VOTE(c, 1); k = VOTE(c, 2);
	top = (a >= b -> (b >= k -> b : (a >= k -> k : a)) : (a >= k -> a : (b >= k -> k : b)));
	if
	:: top > granted[c] -> granted[c] = top
	:: else
	fi;
	a = 0; b = 0; k = 0; top = 0
}

#define VALID(c) (granted[c] > over[c] && (!calm || round[c] - granted[c] <= TERM))
#define PRECEDES(c, o) (H(c, o).token > token[c] || (H(c, o).token == token[c] && o > c))
#define GIVES_UP(c) (seen[c] > token[c] || PRECEDES(c, 1 - c))

/* ApplicationState.step of a node with a claim */
inline step(c) {
	count(c);
	if
	:: phase[c] == CANDIDATE && GIVES_UP(c) -> endClaim(c)
	:: phase[c] == CANDIDATE && !GIVES_UP(c) && VALID(c) -> start(c)
	:: else
	fi
}

inline start(c) {
	phase[c] = OWNER;
	assert(phase[1 - c] != OWNER);
#ifdef TOKENS_GROW
	assert(token[c] > started);
	started = token[c];
#endif
}

/* ApplicationState.decide, after each event */
inline decide(n) {
	cast(n);
	if
	:: n < CLAIMERS && phase[n] != IDLE -> step(n); cast(n)
	:: else
	fi
}

#define MAY_CLAIM(c) (phase[c] == IDLE && H(c, 1 - c).token == 0 && (H(c, 1 - c).known || H(c, 2).known))

inline claim(c) {
	seen[c]++;
	token[c] = seen[c]; round[c] = 1; phase[c] = CANDIDATE;
	decide(c)
}

inline learn(n, s) {
	if
	:: n < CLAIMERS && H(n, s).token > seen[n] -> seen[n] = H(n, s).token
	:: else
	fi
}

/* what others may still count, although this node will not know it */
inline bequeath(v, c) {
	if
	:: voting[v] && FOR_PRESENT_CLAIM(v, c) && voteRound[v] > earlier[v * CLAIMERS + c] -> earlier[v * CLAIMERS + c] = voteRound[v]
	:: else
	fi
}

inline crash(n) {
	bequeath(n, 0);
	bequeath(n, 1);
	open[n] = 0; settled[n] = 0; life[n] = 1 - life[n];
	endVote(n);
	voteFor[n] = NODES; voteLife[n] = 0; voteToken[n] = 0; voteRound[n] = 0;
	if
	:: n < CLAIMERS -> endClaim(n); seen[n] = 0
	:: else
	fi;
	i = 0;
	do
	:: i < NODES ->
		forget(H(n, i));
#ifdef DELAYS
		forget(S(n, i));
		forget(S(i, n));
#endif
		i++
	:: else -> break
	od;
	i = 0
}

/* the time of a vote has passed */
#ifdef EARLY_EXPIRY	/* mutation: a promise may expire before the owner's lease */
#define MAY_EXPIRE(v) (voting[v])
#else
#define MAY_EXPIRE(v) (voting[v] && !(FOR_PRESENT_CLAIM(v, voteFor[v]) && RELIES(voteFor[v], voteRound[v])))
#endif

inline expire(v) {
	if
	:: FOR_PRESENT_CLAIM(v, voteFor[v]) && voteRound[v] > over[voteFor[v]] -> over[voteFor[v]] = voteRound[v]
	:: else
	fi;
	endVote(v)
}

/* the time of a vote has passed since this node has started */
#ifdef NO_SETTLING	/* mutation: a node votes as soon as it has started */
#define STILL_EARLIER(v, c) (0)
#else
#define STILL_EARLIER(v, c) (earlier[v * CLAIMERS + c] > 0 && RELIES(c, earlier[v * CLAIMERS + c]))
#endif
#define MAY_SETTLE(v) (!settled[v] && !STILL_EARLIER(v, 0) && !STILL_EARLIER(v, 1))

inline endEarlier(v, c) {
	if
	:: earlier[v * CLAIMERS + c] > over[c] -> over[c] = earlier[v * CLAIMERS + c]
	:: else
	fi;
	earlier[v * CLAIMERS + c] = 0
}

inline settle(v) {
	settled[v] = 1; open[v] = 1; young[v] = 0;
	endEarlier(v, 0);
	endEarlier(v, 1)
}

/* the other node is better, the claim is too old, or the term is over */
#ifdef NEVER_OLD	/* mutation: a claim never gets too old, so its token stays too small */
#define MUST_END(c) (phase[c] != IDLE && (c == 1 || (phase[c] == OWNER && round[c] - granted[c] > TERM)))
#else
#define MUST_END(c) (phase[c] != IDLE && (c == 1 || (phase[c] == OWNER -> round[c] - granted[c] > TERM : claimed[c] >= HOLD)))
#endif

/* One turn of a node after the network has calmed down: it hears the others, renews its
   claim, and decides. Both claimers are able, and node 0 is preferred. */
inline turn(n) {
	hear(n, 0); hear(n, 1); hear(n, 2);
	if
	:: n < CLAIMERS && MUST_END(n) -> endClaim(n)
	:: n < CLAIMERS && phase[n] != IDLE && !MUST_END(n) -> round[n]++
	:: else
	fi;
	decide(n);
	if
	:: n == 0 && MAY_CLAIM(0) -> claim(0)
	:: else
	fi
}

inline hear(n, s) {
	if
	:: n != s -> write(H(n, s), s, n); learn(n, s)
	:: else
	fi
}

inline passTime(v) {
	if
	:: voting[v] -> waited[v]++
	:: else
	fi;
	if
	:: waited[v] >= HOLD -> assert(MAY_EXPIRE(v)); expire(v)
	:: else
	fi;
	if
	:: !settled[v] -> young[v]++
	:: else
	fi;
	if
	:: young[v] >= HOLD -> assert(MAY_SETTLE(v)); settle(v)
	:: else
	fi;
	if
	:: v < CLAIMERS && phase[v] == CANDIDATE -> claimed[v]++
	:: else
	fi
}

inline endTurn(n) {
	printf("round %d, node %d: phases %d %d, tokens %d %d, votes %d.%d %d.%d %d.%d\n", calmRound, n, phase[0], phase[1],
		token[0], token[1], voting[0] * (voteFor[0] + 1), voteToken[0], voting[1] * (voteFor[1] + 1), voteToken[1],
		voting[2] * (voteFor[2] + 1), voteToken[2]);
	done = done | (1 << n);
	if
	:: done == 7 -> passTime(0); passTime(1); passTime(2); done = 0; calmRound++
	:: else
	fi
}

/* what may happen between two nodes, to a node, and to a claim; if a node may vote for two
   claims, it takes either */
#define EITHER(guard, event) :: !calm && guard -> d_step { prefer = 0; event } \
	:: !calm && guard -> d_step { prefer = 1; event }
#ifdef DELAYS
#define LINK(n, s) :: !calm -> d_step { write(S(n, s), s, n) } \
	EITHER(S(n, s).known, copy(H(n, s), S(n, s)); learn(n, s); decide(n)) \
	EITHER(H(n, s).known, forget(H(n, s)); decide(n))
#else
#define LINK(n, s) EITHER(1, hear(n, s); decide(n)) \
	EITHER(H(n, s).known, forget(H(n, s)); decide(n))
#endif
#define NODE(n) EITHER(MAY_EXPIRE(n), expire(n); decide(n)) \
	EITHER(MAY_SETTLE(n), settle(n); decide(n)) \
	:: !calm && crashes < CRASHES -> d_step { crash(n); crashes++ } \
	:: calm && calmRound < CALM && !(done & (1 << n)) -> d_step { prefer = 0; turn(n); endTurn(n) }
#define CLAIM(c) EITHER(MAY_CLAIM(c) && seen[c] < TOKENS, claim(c)) \
	:: !calm && phase[c] != IDLE && round[c] < ROUNDS -> d_step { prefer = 0; round[c]++; decide(c) } \
	EITHER(phase[c] != IDLE, endClaim(c); decide(c))

init {
	do
	LINK(0, 1) LINK(0, 2) LINK(1, 0) LINK(1, 2) LINK(2, 0) LINK(2, 1)
	NODE(0) NODE(1) NODE(2)
	CLAIM(0) CLAIM(1)
#ifdef CALMS
	:: !calm -> d_step { calm = 1 }
#endif
	:: calmRound == CALM -> break
	od;
	assert(phase[0] == OWNER)
}
