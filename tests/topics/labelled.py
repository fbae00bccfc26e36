"""Papers made up for these tests, in the shape of real ones, with the topics a careful reader gives them.

Each is (title, abstract, topics it has, topics it plainly has not); other topics are left open.
"""

RL, DIFF, IR = "reinforcement-learning", "diffusion", "retrieval"
LLM, EFF, FM, PEFT, QUANT = "llm", "efficiency", "foundation-models", "peft", "quantization"

Paper = tuple[str, str | None, set[str], set[str]]

PAPERS: list[Paper] = [
    (
        "Patient Critics: Slower Value Targets for Offline Reinforcement Learning",
        "Offline reinforcement learning must act well from a fixed log of transitions. We show that value "
        "targets which move slowly curb the overestimation of unseen actions, and train an actor-critic on "
        "twelve continuous control tasks whose returns rise by a fifth.",
        {RL},
        {DIFF, IR, LLM, QUANT, PEFT},
    ),
    (
        "Which Door First? Exploration Bonuses from Prediction Disagreement",
        "Agents that see sparse rewards wander. We give them an exploration bonus where an ensemble of world "
        "models disagrees, and learn a policy with PPO that solves four hard-exploration Atari games.",
        {RL},
        {DIFF, IR, LLM},
    ),
    (
        "Regret of Thompson Sampling in Episodic Markov Decision Processes",
        "We analyse posterior sampling in finite-horizon Markov decision processes and prove a Bayesian "
        "regret bound that does not depend on the number of states visited by the optimal policy.",
        {RL},
        {DIFF, IR, EFF, LLM},
    ),
    (
        "Learning to Dock: Q-Learning for a Vessel in Wind",
        "A small vessel learns to dock in gusty wind by deep Q-learning in a simulator and then at sea. "
        "Reward shaping with the distance to the quay halves the number of failed attempts.",
        {RL},
        {DIFF, IR, LLM, FM},
    ),
    (
        "Who Follows Whom: Public Policy and the Spread of Clean Stoves",
        "We study how subsidies changed the use of clean stoves in ninety villages. Households that saw a "
        "neighbour adopt were twice as likely to follow, and the policy paid for itself in four years.",
        set(),
        {RL, DIFF, IR, LLM, EFF},
    ),
    (
        "A Reward Worth Having? Incentives in Crowd Annotation",
        "Annotators paid by the item hurry. In a field study with 400 workers we compare flat pay and "
        "bonuses, and find that a small bonus for agreement improves label quality.",
        set(),
        {RL, DIFF, IR, LLM},
    ),
    ("Hierarchical Multi-Agent Reinforcement Learning for Traffic Lights", None, {RL}, {DIFF, IR, LLM}),
    (
        "Soft Borders: Inpainting with Latent Diffusion Models",
        "Inpainted regions often show a seam. We condition a latent diffusion model on a soft mask that "
        "changes with the noise level, so that the denoising steps agree along the border.",
        {DIFF},
        {RL, IR, LLM, QUANT},
    ),
    (
        "Fewer Steps to a Molecule: Consistency Training for Equivariant Diffusion",
        "Diffusion models of molecules need hundreds of denoising steps. We distil an equivariant denoising "
        "diffusion probabilistic model into one that draws a valid molecule in four.",
        {DIFF},
        {RL, IR, LLM},
    ),
    (
        "Straight Paths Are Enough: Flow Matching for Weather Fields",
        "We forecast weather fields with flow matching. Straight probability paths sample an ensemble of "
        "fifty members as well as a score-based generative model with ten times the steps.",
        {DIFF},
        {RL, IR, LLM},
    ),
    ("Text-to-Image Diffusion with Layout Tokens", None, {DIFF}, {RL, IR, QUANT}),
    (
        "Water in White Matter: Diffusion Tensor Imaging after Concussion",
        "Diffusion MRI of 60 players shows that fractional anisotropy falls after a concussion and recovers "
        "within a season. Diffusion tensor imaging may tell when a player can return.",
        set(),
        {DIFF, RL, IR, LLM},
    ),
    (
        "How Rumours Travel: Information Diffusion in Broken Networks",
        "We model information diffusion in networks that lose links, and predict which rumours reach half "
        "of the users. Influence maximisation with the model picks better seeds than degree.",
        set(),
        {DIFF, RL, IR, LLM},
    ),
    (
        "Ask Twice: Query Expansion for Dense Passage Retrieval",
        "Short queries leave a dense retriever guessing. We expand each query with two sentences from its "
        "first results, re-rank, and gain six points of recall on BEIR.",
        {IR},
        {RL, DIFF, QUANT},
    ),
    (
        "Finding the Sketch: Composed Image Retrieval with Rough Drawings",
        "A user draws what to change in a photo, and the system finds images that match photo and drawing. "
        "Our composed image retrieval model beats text modifiers on two benchmarks.",
        {IR},
        {RL, DIFF, QUANT, PEFT},
    ),
    (
        "The Index Remembers: Updating Search Engines without Rebuilding",
        "We study how a search engine's inverted index can take new documents without a rebuild. Retrieval "
        "quality on a news stream stays within one point of an index built from scratch.",
        {IR},
        {RL, DIFF, LLM, QUANT},
    ),
    ("Learning to Rank with Missing Clicks", None, {IR}, {RL, DIFF, LLM}),
    (
        "Phase Retrieval from Two Coded Masks",
        "Phase retrieval recovers a signal from the magnitude of its transform. Two coded masks suffice for "
        "real signals, and an alternating projection converges from a spectral start.",
        set(),
        {IR, RL, DIFF, LLM},
    ),
    (
        "Leaf by Leaf: A Robot for Object Retrieval in Clutter",
        "A robot arm removes leaves one at a time to grasp a fruit behind them. Planning over occlusion "
        "graphs finds the fruit with a third fewer moves.",
        set(),
        {IR, DIFF, LLM},
    ),
    (
        "Three Bits Suffice: Post-Training Quantization of Chat Models",
        "We quantize the weights of large language models to three bits after training. Rotating outlier "
        "channels keeps perplexity within 0.3 of full precision and triples decoding speed on one GPU.",
        {LLM, EFF, QUANT},
        {PEFT, RL, DIFF, IR},
    ),
    (
        "Binary Networks that Know Their Limits",
        "Binary neural networks run on a microcontroller with a few kilobytes of memory. We train them with "
        "quantization-aware calibration so that their confidence can be trusted, at 0.4 mJ per inference.",
        {EFF, QUANT},
        {LLM, PEFT, FM},
    ),
    (
        "Codebooks of Birdsong: Residual Vector Quantization for Audio",
        "We tokenise birdsong with residual vector quantization. A codebook of 512 entries for each level "
        "rebuilds calls of rare species better than spectrogram autoencoders.",
        set(),
        {QUANT, PEFT, LLM, EFF},
    ),
    (
        "What the Posterior Forgets: Uncertainty Quantification for Tabular Data",
        "Uncertainty quantification for tabular models is often overconfident away from the data. We compare "
        "ensembles, Laplace approximations and conformal sets on thirty tasks.",
        set(),
        {QUANT, PEFT, LLM, EFF},
    ),
    (
        "One Adapter per Dialect: Low-Rank Adaptation for Speech Translation",
        "We adapt a frozen speech translation model to eleven dialects with low-rank adaptation (LoRA), "
        "training 0.2% of its parameters. The adapters need 3 MB each and beat full fine-tuning on seven.",
        {PEFT, EFF},
        {QUANT, RL, DIFF},
    ),
    (
        "Prompt Learning without Forgetting for CLIP",
        "Prompt learning adapts CLIP to new classes and forgets the old. We tie learnable prompts to the "
        "frozen text encoder's geometry, and keep zero-shot accuracy of the vision-language model.",
        {PEFT, FM},
        {QUANT, RL, DIFF},
    ),
    (
        "Prune Late: Structured Pruning of Vision Transformers in One Epoch",
        "Structured pruning of vision transformers usually takes long fine-tuning. We prune heads and "
        "channels in a single epoch, cutting FLOPs by 48% and latency by 1.8x on a phone.",
        {EFF},
        {LLM, PEFT, QUANT},
    ),
    (
        "Sample-Efficient Tuning of Lenses by Bayesian Optimisation",
        "We align lenses with Bayesian optimisation. The method is sample-efficient: twenty measurements "
        "find a better alignment than an expert's hundred.",
        set(),
        {EFF, LLM, PEFT, QUANT},
    ),
    (
        "Do Chatbots Concede? Persuasion between Large Language Models",
        "We let pairs of large language models debate and measure who gives way. LLMs concede to confident "
        "tone more than to evidence, and instruction tuning makes it worse.",
        {LLM},
        {QUANT, PEFT, EFF},
    ),
    (
        "Grounded Charts: A Multimodal Large Language Model That Points",
        "We present a multimodal large language model (MLLM) that answers questions about charts and points "
        "at the marks it read. Trained on 200k synthetic charts, it halves reading errors of LLaVA.",
        {LLM, FM},
        {QUANT, PEFT},
    ),
    (
        "Inspired by Language: Ordering Patches in Image Autoencoders",
        "Inspired by the success of large language models, we order the patches of an image before an "
        "autoencoder reads them. A learned order improves linear probing on three datasets.",
        set(),
        {LLM, PEFT, QUANT},
    ),
    (
        "Segment Anything in Murky Water",
        "The Segment Anything Model (SAM) fails under water. We adapt this foundation model to turbid "
        "images with 900 masks drawn by divers, and release a benchmark.",
        {FM},
        {QUANT, LLM},
    ),
    (
        "Flat Minima Revisited: SAM with Per-Layer Radii",
        "Sharpness-aware minimization (SAM) seeks flat minima. We give each layer its own radius and explain "
        "why sharpness-aware training helps convolutional networks most in their first layers.",
        set(),
        {FM, LLM, PEFT, QUANT},
    ),
    (
        "Glacier Fronts from Space with a Residual Network",
        "We trace glacier fronts in radar images with a residual network trained on 2,000 outlines. The mean "
        "error is 90 m, close to that of human experts.",
        set(),
        {LLM, EFF, FM, PEFT, QUANT, RL, DIFF, IR},
    ),
    (
        "Who Persuades Whom in Binary Opinion Networks",
        "On a binary network of friends each person holds one of two opinions. We bound the number of steps, "
        "in bits of entropy within 1 bit of the optimum, until all agree.",
        set(),
        {QUANT, EFF, LLM},
    ),
    (
        "Learning Molecules by Free Energy",
        "We fit an energy-based model whose free energy has an energy landscape with few basins, and sample "
        "molecules from it by an efficient algorithm that runs in polynomial time.",
        set(),
        {EFF, QUANT},
    ),
    (
        "Where Birds Look: A Spatial Attention Module (SAM) for Fine Plumage",
        "Plumage differs in small regions. We add a spatial attention module (SAM) to a residual network, "
        "and its maps follow the beak and the wing.",
        set(),
        {FM, LLM, PEFT},
    ),
    (
        "Thinking Less: When Reasoning Models Should Stop",
        "Reasoning models spend many tokens on easy sums. We measure how far a reasoning model thinks on "
        "after its answer is settled, and stop it there.",
        {LLM},
        {QUANT, PEFT},
    ),
    (
        "Training in NVFP4 without Tears",
        "We train transformers in NVFP4 from the first step, rotate activations to spread outliers, and keep "
        "the loss of the BF16 run at half the memory.",
        {QUANT, EFF},
        {PEFT},
    ),
]
