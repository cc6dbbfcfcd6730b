/*
 * Votes of distributed applications without a quorum, while the network is whole: three
 * nodes, which crash, start again, and learn of each other's views late. Each may run the
 * application, and needs the votes of all nodes in its view. README.md says what is
 * modelled and what is not; the script "check" runs it.
 */

#define NODES 3

#ifndef TOKENS
#define TOKENS 2	/* the greatest token */
#endif
#ifndef CRASHES
#define CRASHES 2	/* crashes of all nodes together */
#endif

/* the phases of a claim; an application that stops is still owned */
#define IDLE 0
#define CANDIDATE 1
#define OWNER 2

/* what a node knows of another node in its view */
typedef Report {
	bit member;		/* it is in the view */
	bit life;		/* in this life, which changes at a crash */
	bit known;		/* it has answered */
	byte token;		/* of its claim, 0 if it has none */
	bit voteLife;		/* its vote for the receiver */
	byte voteToken		/* 0 if it has none */
}

Report heard[9];		/* [receiver * NODES + sender] */

bit up[NODES];
bit life[NODES];
byte voteFor[NODES] = NODES;	/* NODES: no vote */
bit voteLife[NODES];
byte voteToken[NODES];
byte promised[NODES];		/* the token of the latest vote */
byte phase[NODES];
byte token[NODES];
byte seen[NODES];
byte crashes;

hidden byte i, best;

#define H(receiver, sender) heard[(receiver) * NODES + (sender)]
#define KNOWS(v, c) (v == c || H(v, c).known)
#define LIFE(v, c) (v == c -> life[c] : H(v, c).life)
#define TOKEN(v, c) (v == c -> token[c] : H(v, c).token)

inline forget(r) {
	r.member = 0; r.life = 0; r.known = 0; r.token = 0; r.voteLife = 0; r.voteToken = 0
}

/* A view arrives. A node that has started again is another member. */
inline see(n, s) {
	if
	:: n != s && (!up[s] || (H(n, s).member && H(n, s).life != life[s])) -> forget(H(n, s))
	:: else
	fi;
	if
	:: n != s && up[s] -> H(n, s).member = 1; H(n, s).life = life[s]
	:: else
	fi
}

inline install(n) {
	see(n, 0); see(n, 1); see(n, 2)
}

inline hear(n, s) {
	H(n, s).known = 1; H(n, s).token = token[s];
	if
	:: voteFor[s] == n -> H(n, s).voteLife = voteLife[s]; H(n, s).voteToken = voteToken[s]
	:: else -> H(n, s).voteLife = 0; H(n, s).voteToken = 0
	fi;
	if
	:: token[s] > seen[n] -> seen[n] = token[s]
	:: else
	fi
}

/* Ballot.cast: a vote stands while its claim is seen */
inline cast(v) {
	if
#ifdef NO_VOTE	/* mutation: a vote ends when another claim has a greater token */
	:: voteFor[v] < NODES && (TOKEN(v, 0) > voteToken[v] || TOKEN(v, 1) > voteToken[v] || TOKEN(v, 2) > voteToken[v]) -> voteFor[v] = NODES
#endif
	:: voteFor[v] < NODES && !(KNOWS(v, voteFor[v]) && LIFE(v, voteFor[v]) == voteLife[v] && TOKEN(v, voteFor[v]) == voteToken[v]) -> voteFor[v] = NODES
	:: else
	fi;
	if
	:: voteFor[v] == NODES -> elect(v)
	:: else
	fi
}

#define ACCEPTABLE(v, c) (KNOWS(v, c) && TOKEN(v, c) > promised[v])

inline consider(v, c) {
	if
	:: ACCEPTABLE(v, c) && (best == NODES || TOKEN(v, c) >= TOKEN(v, best)) -> best = c
	:: else
	fi
}

inline elect(v) {
	best = NODES;
	consider(v, 0); consider(v, 1); consider(v, 2);
	voteLife[v] = 0; voteToken[v] = 0; voteFor[v] = best;
	if
	:: best < NODES -> voteLife[v] = LIFE(v, best); voteToken[v] = TOKEN(v, best); promised[v] = TOKEN(v, best)
	:: else
	fi;
	best = 0
}

/* all members of the view have answered, and have voted for the present claim */
#define ANSWERED(c, v) (c == v || !H(c, v).member || H(c, v).known)
#ifdef SOME_ANSWERS	/* mutation: a node does not wait for the answers of all others */
#define COMPLETE(c) (1)
#else
#define COMPLETE(c) (ANSWERED(c, 0) && ANSWERED(c, 1) && ANSWERED(c, 2))
#endif
#define VOTES(c, v) (c == v -> (voteFor[v] == c && voteToken[v] == token[c]) : (!KNOWS(c, v) || (H(c, v).voteToken == token[c] && H(c, v).voteLife == life[c])))
#define ELECTED(c) (COMPLETE(c) && VOTES(c, 0) && VOTES(c, 1) && VOTES(c, 2))
#define PRECEDES(c, o) (c != o && (H(c, o).token > token[c] || (H(c, o).token == token[c] && o > c)))
#define GIVES_UP(c) (seen[c] > token[c] || PRECEDES(c, 0) || PRECEDES(c, 1) || PRECEDES(c, 2))

inline decide(n) {
	cast(n);
	if
	:: phase[n] == CANDIDATE && GIVES_UP(n) -> endClaim(n); cast(n)
	:: phase[n] == CANDIDATE && !GIVES_UP(n) && ELECTED(n) ->
		phase[n] = OWNER;
		assert(phase[(n + 1) % NODES] != OWNER && phase[(n + 2) % NODES] != OWNER)
	:: else
	fi
}

inline endClaim(c) {
	phase[c] = IDLE; token[c] = 0
}

#define CLAIMED(c, v) (c != v && H(c, v).token > 0)
#define MAY_CLAIM(c) (up[c] && phase[c] == IDLE && COMPLETE(c) && !CLAIMED(c, 0) && !CLAIMED(c, 1) && !CLAIMED(c, 2))

inline claim(c) {
	seen[c]++;
	token[c] = seen[c]; phase[c] = CANDIDATE
}

inline crash(n) {
	up[n] = 0; life[n] = 1 - life[n];
	endClaim(n);
	voteFor[n] = NODES; voteLife[n] = 0; voteToken[n] = 0; promised[n] = 0; seen[n] = 0;
	forget(H(n, 0)); forget(H(n, 1)); forget(H(n, 2))
}

#define LINK(n, s) :: up[n] && up[s] && H(n, s).member && H(n, s).life == life[s] -> d_step { hear(n, s); decide(n) }
#define NODE(n) :: !up[n] -> d_step { up[n] = 1; install(n) } \
	:: up[n] -> d_step { install(n); decide(n) } \
	:: up[n] && crashes < CRASHES -> d_step { crash(n); crashes++ } \
	:: MAY_CLAIM(n) && seen[n] < TOKENS -> d_step { claim(n); decide(n) } \
	:: phase[n] != IDLE -> d_step { endClaim(n); decide(n) }

init {
	do
	LINK(0, 1) LINK(0, 2) LINK(1, 0) LINK(1, 2) LINK(2, 0) LINK(2, 1)
	NODE(0) NODE(1) NODE(2)
	od
}
