"""What the comparison asks about somebody's background, and what each answer is worth: every weight stands here.

A vendor's own services fill most of an exam, so knowing them is worth the most (4), what the workplace uses
comes next (3), as does what somebody likes to work on; a role or an interest is worth 2, a single tool or goal 1.
"""

import re
from collections.abc import Iterable

from simulator.exam.suggestion import (
    AboutSubject,
    BackgroundQuestion,
    Choice,
    FromVendor,
    PublishedPassMark,
    ShortExam,
    Subject,
)

WEIGHTS_IN_WORDS = (
    "Knowing the vendor's cloud is worth 4, your workplace's cloud and what you like 3, a role or interest up to 2,"
    " a tool or goal 1."
)


def _subject(title: str, skills: str) -> Subject:
    return Subject(title, frozenset(skills.split()))


MODELLING = _subject(
    "models and their mathematics",
    "problem-framing algorithm-selection time-series-forecasting natural-language computer-vision recommendation"
    " anomaly-detection clustering tabular-models deep-learning transfer-learning hyperparameter-tuning regularization"
    " optimization evaluation-metrics model-validation dimensionality-reduction class-imbalance",
)
DATA = _subject(
    "data",
    "data-storage data-ingestion stream-processing batch-processing data-transformation data-quality data-labeling"
    " data-governance exploratory-analysis feature-engineering feature-store",
)
OPERATIONS = _subject(
    "running models",
    "training-infrastructure distributed-training online-serving batch-inference autoscaling edge-inference"
    " inference-optimization deployment-strategies pipeline-orchestration ci-cd infrastructure-as-code model-registry"
    " retraining drift-monitoring observability reliability cost-optimization",
)
RESPONSIBILITY = _subject("responsible AI", "responsible-ai explainability ai-safety privacy audit data-governance")
GENERATIVE = _subject(
    "generative AI", "foundation-models prompt-engineering retrieval-augmented-generation ai-safety managed-ai-services"
)
LOW_CODE = _subject("ready-made and low-code AI", "managed-ai-services automated-ml sql-ml notebooks")
SQL = _subject("SQL and data preparation", "sql-ml data-transformation data-quality exploratory-analysis")
PIPELINES = _subject(
    "data pipelines", "batch-processing stream-processing data-ingestion data-transformation pipeline-orchestration"
)
DEEP_LEARNING = _subject(
    "neural networks and their training",
    "deep-learning transfer-learning optimization regularization distributed-training training-infrastructure",
)

SUBJECTS = (MODELLING, DATA, OPERATIONS, RESPONSIBILITY, GENERATIVE, LOW_CODE, SQL, PIPELINES, DEEP_LEARNING)

ROLE = BackgroundQuestion(
    "role",
    "What is your role?",
    (
        Choice("data-scientist", "Data scientist", (AboutSubject(MODELLING, 2, "You work with models all day."),)),
        Choice(
            "ml-engineer",
            "Machine learning engineer",
            (
                AboutSubject(OPERATIONS, 1, "You bring models into production."),
                AboutSubject(MODELLING, 1, "You know how they are built."),
            ),
        ),
        Choice("data-engineer", "Data engineer", (AboutSubject(DATA, 2, "Data is what you know best."),)),
        Choice(
            "software-engineer",
            "Software or platform engineer",
            (AboutSubject(OPERATIONS, 2, "You know how systems are run."),),
        ),
        Choice(
            "analyst",
            "Analyst",
            (
                AboutSubject(DATA, 1, "You explore and prepare data."),
                AboutSubject(LOW_CODE, 1, "Low-code tools are near to your work."),
            ),
        ),
        Choice(
            "lead",
            "Architect, product manager or lead",
            (
                AboutSubject(LOW_CODE, 1, "You choose between building and buying."),
                AboutSubject(RESPONSIBILITY, 1, "You answer for what is built."),
            ),
        ),
        Choice("student", "Student, or changing careers"),
    ),
)
TOOLS = BackgroundQuestion(
    "tools",
    "Which tools do you use daily?",
    (
        Choice(
            "notebooks",
            "Notebooks with pandas or scikit-learn",
            (AboutSubject(MODELLING, 1, "Classic models are daily work for you."),),
        ),
        Choice("sql", "SQL and a data warehouse", (AboutSubject(SQL, 1, "You think in SQL."),)),
        Choice(
            "pipelines",
            "Spark, Beam, Kafka or Airflow",
            (AboutSubject(PIPELINES, 1, "You build data pipelines."),),
        ),
        Choice(
            "deep-learning",
            "PyTorch, TensorFlow or JAX",
            (AboutSubject(DEEP_LEARNING, 1, "You train neural networks."),),
        ),
        Choice(
            "containers",
            "Containers, Kubernetes, Terraform or CI/CD",
            (AboutSubject(OPERATIONS, 1, "Deployment is familiar to you."),),
        ),
        Choice(
            "language-models",
            "Language model APIs",
            (AboutSubject(GENERATIVE, 1, "You build with language models."),),
        ),
    ),
    several=True,
)
LEANING = BackgroundQuestion(
    "leaning",
    "What do you like more?",
    (
        Choice(
            "mathematics",
            "Mathematics and models",
            (AboutSubject(MODELLING, 3, "What you like is what you will study well."),),
        ),
        Choice(
            "infrastructure",
            "Infrastructure and operations",
            (AboutSubject(OPERATIONS, 3, "What you like is what you will study well."),),
        ),
        Choice("both", "Both alike"),
    ),
)
RESPONSIBLE_AI = BackgroundQuestion(
    "responsible",
    "Does responsible AI interest you (fairness, explainability, privacy, safety)?",
    (
        Choice("much", "Very much", (AboutSubject(RESPONSIBILITY, 2, "The exam should ask about it."),)),
        Choice("some", "Somewhat", (AboutSubject(RESPONSIBILITY, 1, "The exam should ask about it."),)),
        Choice("no", "Not much"),
    ),
)
GOALS = BackgroundQuestion(
    "goals",
    "What is the certification for?",
    (
        Choice(
            "methods",
            "To know methods that hold on any cloud",
            (AboutSubject(MODELLING, 1, "Models and their mathematics are the same everywhere."),),
        ),
        Choice(
            "generative",
            "To work with generative AI",
            (AboutSubject(GENERATIVE, 1, "The exam should ask about it."),),
        ),
        Choice(
            "production",
            "To bring models into production",
            (AboutSubject(OPERATIONS, 1, "The exam should ask about it."),),
        ),
        Choice("soon", "To have it with little time spent", (ShortExam(1, "A shorter exam takes less of your time."),)),
        Choice(
            "score",
            "To know the mark I have to reach",
            (PublishedPassMark(1, "Where the vendor says what passes, you know what to aim at."),),
        ),
    ),
    several=True,
)


def slug(vendor: str) -> str:
    """Return a vendor's name as an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", vendor.lower()).strip("-")


def background_questions(vendors: Iterable[str]) -> tuple[BackgroundQuestion, ...]:
    """Return what is asked; the questions about clouds offer the vendors of the certifications compared."""
    names = sorted(set(vendors))
    knows = "Most questions are about the vendor's own services; knowing them is the largest head start."
    workplace = "A certification counts most where its cloud is used."
    return (
        ROLE,
        BackgroundQuestion(
            "clouds",
            "Which clouds do you use daily?",
            (*(Choice(slug(name), name, (FromVendor(name, 4, knows),)) for name in names), Choice("other", "Another")),
            several=True,
        ),
        TOOLS,
        LEANING,
        RESPONSIBLE_AI,
        GOALS,
        BackgroundQuestion(
            "workplace",
            "Which cloud does your employer use, or the employer you want?",
            (
                *(Choice(slug(name), name, (FromVendor(name, 3, workplace),)) for name in names),
                Choice("any", "Another, or it does not matter"),
            ),
        ),
    )
